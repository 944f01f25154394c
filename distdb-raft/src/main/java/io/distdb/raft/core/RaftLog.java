// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.error.Invariant;
import io.distdb.api.storage.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A group's log in memory: a position that stands for everything before, and the entries behind it.
 * It knows which membership each of its positions has.
 */
final class RaftLog {
  /** What {@link #term} says of an entry that is not there, any more or yet. */
  static final long MISSING = -1;

  private LogPosition base;
  private final ArrayList<Entry> entries;

  /** By the index from which each one counts; the first is at or below the base. */
  private final TreeMap<Long, Membership> memberships;

  RaftLog(LogPosition base, Membership membership) {
    this.base = base;
    entries = new ArrayList<>();
    memberships = new TreeMap<>(Map.of(base.index(), membership));
  }

  private RaftLog(RaftLog other) {
    base = other.base;
    entries = new ArrayList<>(other.entries);
    memberships = new TreeMap<>(other.memberships);
  }

  RaftLog copy() {
    return new RaftLog(this);
  }

  LogPosition base() {
    return base;
  }

  long firstIndex() {
    return base.index() + 1;
  }

  long lastIndex() {
    return base.index() + entries.size();
  }

  LogPosition last() {
    return entries.isEmpty() ? base : entries.getLast().position();
  }

  /** The term of the entry, or {@link #MISSING}: then nothing is known of it. */
  long term(long index) {
    if (index == base.index()) {
      return base.term();
    }
    return index < base.index() || index > lastIndex() ? MISSING : entry(index).term();
  }

  boolean matches(LogPosition position) {
    return term(position.index()) == position.term();
  }

  Entry entry(long index) {
    return entries.get((int) (index - firstIndex()));
  }

  /** From {@code from} through {@code to}, both in the log. A copy. */
  List<Entry> entries(long from, long to) {
    return from > to
        ? List.of()
        : List.copyOf(entries.subList((int) (from - firstIndex()), (int) (to - base.index())));
  }

  /** From {@code from} on, at most {@code bytesMax}, but one if there is one. A copy. */
  List<Entry> entriesWithin(long from, long bytesMax) {
    long to = from;
    long bytes = 0;
    while (to <= lastIndex()) {
      bytes += entry(to).bytes();
      if (to > from && bytes > bytesMax) {
        break;
      }
      to++;
    }
    return entries(from, to - 1);
  }

  void append(Entry entry) {
    Invariant.check(
        entry.index() == lastIndex() + 1 && entry.term() >= last().term(),
        "entry %s does not follow %s",
        entry,
        last());
    entries.add(entry);
    if (entry.content() instanceof Membership membership) {
      memberships.put(entry.index(), membership);
    }
  }

  /** Takes everything from {@code index} on away. */
  void truncate(long index) {
    entries.subList((int) (index - firstIndex()), entries.size()).clear();
    memberships.tailMap(index, true).clear();
  }

  /** Everything through {@code index} is in a snapshot. */
  void compact(long index) {
    LogPosition position = entry(index).position();
    entries.subList(0, (int) (index - base.index())).clear();
    base = position;
    memberships.headMap(memberships.floorKey(index), false).clear();
  }

  /** A snapshot takes the place of everything. */
  void reset(LogPosition position, Membership membership) {
    entries.clear();
    memberships.clear();
    base = position;
    memberships.put(position.index(), membership);
  }

  /** The last one, committed or not: it counts from when it is appended. */
  Membership membership() {
    return memberships.lastEntry().getValue();
  }

  long membershipIndex() {
    return memberships.lastKey();
  }

  /**
   * @param index at or behind the base
   */
  Membership membershipAt(long index) {
    return memberships.floorEntry(index).getValue();
  }

  /**
   * The highest position at or below {@code index} whose term is at most {@code term}: where a log
   * that has {@code term} at {@code index} may match this one. Source: the fast back-up of Raft's
   * section 5.3.
   */
  LogPosition mayMatch(long index, long term) {
    long at = Math.min(index, lastIndex());
    while (at > base.index() && entry(at).term() > term) {
      at--;
    }
    return new LogPosition(Math.max(0, term(at)), at);
  }

  @Override
  public String toString() {
    return base.term() + "." + base.index() + " " + entries;
  }
}
