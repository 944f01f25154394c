// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import java.util.ArrayDeque;

/** What a leader knows of one other member, and what is on its way to it. */
final class Progress {
  /** How the next entries go. */
  enum Mode {
    /** It is not known where the logs match: one message at a time. */
    PROBE,
    /** The logs match: messages follow each other without waiting. */
    REPLICATE,
    /** A snapshot is on its way: no entries. */
    SNAPSHOT
  }

  /** A message that was not answered yet. */
  private record Inflight(long lastIndex, long bytes) {}

  Mode mode = Mode.PROBE;

  /** The log matches, durably, through here; 0: nothing is known. */
  long match;

  /** The first index that was not sent. */
  long next;

  /** In mode PROBE: one is on its way. */
  boolean waits;

  /** It was heard since the last look at the quorum. */
  boolean active;

  /** It was heard since the group might have slept. */
  boolean answers;

  /** The highest round it has answered. */
  long round;

  private final ArrayDeque<Inflight> inflights = new ArrayDeque<>();
  private long inflightBytes;

  Progress(long next) {
    this.next = next;
  }

  Progress copy() {
    Progress copy = new Progress(next);
    copy.mode = mode;
    copy.match = match;
    copy.waits = waits;
    copy.active = active;
    copy.answers = answers;
    copy.round = round;
    copy.inflights.addAll(inflights);
    copy.inflightBytes = inflightBytes;
    return copy;
  }

  void become(Mode to) {
    mode = to;
    waits = false;
    inflights.clear();
    inflightBytes = 0;
  }

  void sent(long lastIndex, long bytes) {
    inflights.add(new Inflight(lastIndex, bytes));
    inflightBytes += bytes;
  }

  void answered(long index) {
    while (!inflights.isEmpty() && inflights.peek().lastIndex <= index) {
      inflightBytes -= inflights.remove().bytes;
    }
  }

  /** A heartbeat was answered, so an answer may have been lost: there is room for one more. */
  void forgetOldest() {
    if (!inflights.isEmpty()) {
      inflightBytes -= inflights.remove().bytes;
    }
  }

  boolean isFull(RaftSettings settings) {
    return inflights.size() >= settings.inflightMessagesMax()
        || !inflights.isEmpty() && inflightBytes >= settings.inflightBytesMax();
  }

  boolean isPaused(RaftSettings settings) {
    return switch (mode) {
      case PROBE -> waits;
      case REPLICATE -> isFull(settings);
      case SNAPSHOT -> true;
    };
  }

  @Override
  public String toString() {
    return mode
        + " match "
        + match
        + " next "
        + next
        + (waits ? " waits" : "")
        + (active ? " active" : "")
        + (inflights.isEmpty() ? "" : " inflight " + inflights.size());
  }
}
