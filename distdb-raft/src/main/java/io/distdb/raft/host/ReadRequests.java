// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.error.DistDbException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Callers who wait for leave to read: one round confirms many. Used by who has the host's turn, but
 * for {@link #goesAtOnce}.
 *
 * <p>A read that comes alone is best begun by its caller. Whether others come with it shows only
 * where it waits for the host's thread, so one in a few does, and all do once they are several.
 */
final class ReadRequests {
  /** So many alone make it seem that the next one is, and so often this is made sure of. */
  static final int ALONE_IN_A_ROW = 16;

  private final Gathering gathering = new Gathering();

  /** For the next round. */
  private List<Pending> asked = new ArrayList<>();

  private final Map<Long, List<Pending>> underWay = new HashMap<>();
  private long next;
  private int underWayCount;

  /** Rounds of one in a row. */
  private int alone;

  private volatile boolean goesAtOnce;

  void add(Pending read) {
    asked.add(read);
  }

  boolean isEmpty() {
    return asked.isEmpty();
  }

  /** Any thread: nobody else seems to ask. */
  boolean goesAtOnce() {
    return goesAtOnce;
  }

  private void look() {
    goesAtOnce = underWayCount == 0 && alone > ALONE_IN_A_ROW && alone % ALONE_IN_A_ROW != 0;
  }

  /** As {@link Gathering#nanosLeft}, for who has asked since the last round. */
  long nanosLeft(long now) {
    return gathering.nanosLeft(asked.size(), underWayCount, now);
  }

  /**
   * Begins a round for what was asked for since the last.
   *
   * @param refused takes who is not to be part of it
   * @return its number, or -1: nobody is left
   */
  long begin(Predicate<Pending> refused) {
    asked.removeIf(refused);
    if (asked.isEmpty()) {
      return -1;
    }
    underWay.put(next, asked);
    underWayCount += asked.size();
    alone = asked.size() == 1 ? alone + 1 : 0;
    look();
    asked = new ArrayList<>();
    return next++;
  }

  /** Whom the round was for. */
  List<Pending> end(long round) {
    List<Pending> ended = underWay.remove(round);
    underWayCount -= ended.size();
    look();
    return ended;
  }

  void fail(Function<Pending, DistDbException> why) {
    underWay.values().forEach(round -> round.forEach(read -> read.fail(why.apply(read))));
    underWay.clear();
    underWayCount = 0;
    look();
    asked.forEach(read -> read.fail(why.apply(read)));
    asked.clear();
  }
}
