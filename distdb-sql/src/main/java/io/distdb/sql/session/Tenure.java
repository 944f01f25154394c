// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.NodeId;

/**
 * The leadership in whose keeping the advisory locks of a node's sessions are: all of them end with
 * it, and, when the leader is another node, when that has not answered for long.
 */
final class Tenure {
  private final NodeId leader;
  private final long term;
  private final long life;
  private volatile long validUntilNanos;
  private volatile boolean over;

  /**
   * @param life by which the leader knows this node, of this tenure alone
   * @param validUntilNanos by the monotonic clock, unless the leader answers again
   */
  Tenure(NodeId leader, long term, long life, long validUntilNanos) {
    this.leader = leader;
    this.term = term;
    this.life = life;
    this.validUntilNanos = validUntilNanos;
  }

  NodeId leader() {
    return leader;
  }

  long term() {
    return term;
  }

  long life() {
    return life;
  }

  void extend(long untilNanos) {
    validUntilNanos = untilNanos;
  }

  void end() {
    over = true;
  }

  /** Whether the leader keeps what it was given. */
  boolean isValid(long nowNanos) {
    return !over && nowNanos - validUntilNanos < 0;
  }
}
