// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks what became of commits whose answers were lost: any host of the URL, over connections of its
 * own, until one knows.
 */
final class CommitQuestions {
  /** What is known of a commit. */
  enum Outcome {
    COMMITTED,
    /** It is not, and never will be. */
    ABORTED,
    /** Nobody could be asked in time, or nobody knows any more. */
    UNKNOWN
  }

  private static final Logger LOG = LoggerFactory.getLogger(CommitQuestions.class);

  /** How long is asked usually. */
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int CONNECT_SECONDS = 5;
  private static final int ANSWER_SECONDS = 15;

  private final SecureRandom chance = new SecureRandom();
  private final PGSimpleDataSource source;
  private final Clock clock;
  private final Scheduler scheduler;
  private final long patienceNanos;

  /**
   * @param source of nobody else
   * @param patienceNanos how long to ask until somebody answers
   */
  CommitQuestions(PGSimpleDataSource source, Clock clock, Scheduler scheduler, long patienceNanos) {
    this.patienceNanos = patienceNanos;
    this.source = source;
    this.clock = clock;
    this.scheduler = scheduler;
    source.setLoginTimeout(CONNECT_SECONDS);
    source.setConnectTimeout(CONNECT_SECONDS);
    source.setSocketTimeout(ANSWER_SECONDS);
  }

  /** A name that no other commit has: a random UUID (RFC 9562, version 4). */
  UUID newToken() {
    byte[] bits = new byte[16];
    chance.nextBytes(bits);
    ByteBuffer halves = ByteBuffer.wrap(bits);
    long high = halves.getLong() & ~0xf000L | 0x4000L;
    long low = halves.getLong() >>> 2 | 1L << 63;
    return new UUID(high, low);
  }

  /** Waits for an answer, whether the thread is interrupted or not. */
  Outcome ask(UUID token) {
    long began = clock.nanoTime();
    while (true) {
      try {
        return askOnce(token);
      } catch (SQLException silent) {
        LOG.debug("nobody says what became of commit {}: {}", token, silent.getMessage());
        if (clock.nanoTime() - began >= patienceNanos) {
          return Outcome.UNKNOWN;
        }
      }
      scheduler.newWaiter().awaitUninterruptibly(PAUSE_NANOS);
    }
  }

  private Outcome askOnce(UUID token) throws SQLException {
    try (Connection connection = source.getConnection();
        PreparedStatement question =
            connection.prepareStatement("SELECT distdb.commit_status(?::uuid)")) {
      question.setString(1, token.toString());
      try (ResultSet answer = question.executeQuery()) {
        answer.next();
        return switch (answer.getString(1)) {
          case "committed" -> Outcome.COMMITTED;
          case "aborted" -> Outcome.ABORTED;
          default -> Outcome.UNKNOWN;
        };
      }
    }
  }
}
