// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.error.DistDbException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Callers who wait for leave to read: one round confirms many. Used by who has the host's turn. */
final class ReadRequests {
  private final Gathering gathering = new Gathering();

  /** For the next round. */
  private List<Pending> asked = new ArrayList<>();

  private final Map<Long, List<Pending>> underWay = new HashMap<>();
  private long next;
  private int underWayCount;

  void add(Pending read) {
    asked.add(read);
  }

  boolean isEmpty() {
    return asked.isEmpty();
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
    asked = new ArrayList<>();
    return next++;
  }

  /** Whom the round was for. */
  List<Pending> end(long round) {
    List<Pending> ended = underWay.remove(round);
    underWayCount -= ended.size();
    return ended;
  }

  void fail(Function<Pending, DistDbException> why) {
    underWay.values().forEach(round -> round.forEach(read -> read.fail(why.apply(read))));
    underWay.clear();
    underWayCount = 0;
    asked.forEach(read -> read.fail(why.apply(read)));
    asked.clear();
  }
}
