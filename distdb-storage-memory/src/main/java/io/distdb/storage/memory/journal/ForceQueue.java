// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.time.Waiter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Who waits for a force. One thread leads: it writes and forces for all. When it is done, the first
 * of those who came too late leads the next round, and is woken before anyone else, so that the
 * disk does not wait for wake-ups. Guarded by the journal's lock, but for {@link Waiting}'s state.
 */
final class ForceQueue {
  private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
  private boolean led;

  /** Takes the lead if nobody has it. */
  boolean lead() {
    if (led) {
      return false;
    }
    led = true;
    return true;
  }

  void add(Waiting one) {
    waiting.add(one);
  }

  boolean wantsDisk() {
    for (Waiting one : waiting) {
      if (one.toDisk) {
        return true;
      }
    }
    return false;
  }

  /**
   * Ends a round: takes out those who have what they wait for and appoints the next leader.
   *
   * @return those to wake, the next leader first
   */
  List<Waiting> endRound(long writtenOffset, long forcedOffset) {
    List<Waiting> woken = new ArrayList<>(waiting.size());
    for (int left = waiting.size(); left > 0; left--) {
      Waiting one = waiting.remove();
      if (one.offset <= (one.toDisk ? forcedOffset : writtenOffset)) {
        one.turn = Turn.DONE;
        woken.add(one);
      } else {
        waiting.add(one);
      }
    }
    Waiting next = waiting.poll();
    led = next != null;
    if (next != null) {
      next.turn = Turn.LEAD;
      woken.addFirst(next);
    }
    return woken;
  }

  /** Ends the last round: nobody will lead again. */
  List<Waiting> fail() {
    List<Waiting> woken = new ArrayList<>(waiting);
    waiting.clear();
    for (Waiting one : woken) {
      one.turn = Turn.FAILED;
    }
    return woken;
  }

  enum Turn {
    WAITING,
    LEAD,
    DONE,
    FAILED
  }

  /** One thread that waits. */
  static final class Waiting {
    private final long offset;
    private final boolean toDisk;
    private final Waiter waiter;
    private volatile Turn turn = Turn.WAITING;

    Waiting(long offset, boolean toDisk, Waiter waiter) {
      this.offset = offset;
      this.toDisk = toDisk;
      this.waiter = waiter;
    }

    Turn await() {
      while (turn == Turn.WAITING) {
        waiter.awaitUninterruptibly(Waiter.FOREVER);
      }
      return turn;
    }

    void wake() {
      waiter.signal();
    }
  }
}
