// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.time.Clock;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.Transaction;
import java.util.UUID;

/**
 * Names of the commits of a session, of the server's own making: with one, a commit whose answer is
 * lost with the node that leads is found again at the next one. Nobody else knows them. Each says
 * that the one before was answered, so that one outcome is kept for the session.
 *
 * <p>A name is a UUID of version 8 (RFC 9562): when the session took to it, its number, which is of
 * one node and one session at a time, and a count.
 */
final class CommitNames {
  private static final long COUNT_MAX = (1L << 31) - 1;
  private static final long VERSION = 0x8000L;
  private static final long VARIANT = 1L << 63;

  private final Clock clock;
  private final int processId;
  private long since;
  private long count = COUNT_MAX;
  private UUID answered;

  CommitNames(Clock clock, int processId) {
    this.clock = clock;
    this.processId = processId;
  }

  private UUID next() {
    if (count == COUNT_MAX) {
      since = Math.max(clock.wallMicros(), since + 1);
      count = 0;
    }
    count++;
    long high = (since >>> 12) << 16 | VERSION | since & 0xfff;
    return new UUID(high, VARIANT | (long) processId << 31 | count);
  }

  /** Commits under the next name. */
  void commit(Transaction transaction) {
    UUID name = next();
    transaction.token(new CommitToken(name, answered));
    transaction.commit();
    answered = name;
  }
}
