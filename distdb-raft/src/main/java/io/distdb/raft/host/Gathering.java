// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

/**
 * When what callers ask for goes on its way: at once if nothing is under way; else when it is as
 * much as that, or has waited for a while. So a busy leader sends few large messages, each with one
 * force at every node, in place of many small ones; who asks alone waits for nobody, and where the
 * way is long there are still several messages under way. Used by who has the host's turn.
 */
final class Gathering {
  static final long WAIT_NANOS = 1_000_000;
  private static final long NOBODY_WAITS = Long.MIN_VALUE;

  private long since = NOBODY_WAITS;

  /**
   * @param waiting how many wait; at least 1
   * @param underWay how many have gone and have no answer yet
   * @return 0: they go now; else for how long they may wait
   */
  long nanosLeft(int waiting, int underWay, long now) {
    long left = 0;
    if (waiting < underWay) {
      since = since == NOBODY_WAITS ? now : since;
      left = Math.max(0, since + WAIT_NANOS - now);
    }
    if (left == 0) {
      since = NOBODY_WAITS;
    }
    return left;
  }
}
