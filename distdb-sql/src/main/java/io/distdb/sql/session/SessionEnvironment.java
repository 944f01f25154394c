// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sql.function.Environment;
import java.time.ZoneId;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What expressions ask of their session. All chance comes from the clock and the session's number,
 * so that a simulation with its own clock repeats itself.
 */
final class SessionEnvironment implements Environment {
  private final LocalSession session;
  private final SessionSettings settings;
  private final Clock clock;
  private final long number;
  private RandomGenerator random;
  private final SessionSequences sequences;
  private final TransactionManager transactions;
  private boolean known;
  private long now;
  private boolean statementKnown;
  private long statement;

  /**
   * @param number of the session, unlike every other one's
   */
  SessionEnvironment(
      LocalSession session,
      SessionSettings settings,
      Clock clock,
      SessionSequences sequences,
      TransactionManager transactions,
      long number) {
    this.session = session;
    this.transactions = transactions;
    this.settings = settings;
    this.sequences = sequences;
    this.clock = clock;
    this.number = number;
  }

  /** A transaction begins: it has its own present, read when it is first asked for. */
  void beginTransaction() {
    known = false;
  }

  /** A statement begins, with a present that is read when it is first asked for. */
  void beginStatement() {
    statementKnown = false;
  }

  @Override
  public ZoneId zone() {
    return settings.zone();
  }

  @Override
  public long nowMicros() {
    if (!known) {
      now = clock.wallMicros();
      known = true;
    }
    return now;
  }

  @Override
  public long statementMicros() {
    if (!statementKnown) {
      nowMicros();
      statement = session.block() == null ? nowMicros() : clock.wallMicros();
      statementKnown = true;
    }
    return statement;
  }

  @Override
  public long clockMicros() {
    nowMicros(); // read first, so that it is not later than this
    return clock.wallMicros();
  }

  @Override
  public RandomGenerator random() {
    if (random == null) {
      SplittableRandom moment = new SplittableRandom(clock.wallMicros());
      SplittableRandom process = new SplittableRandom(clock.nanoTime() + moment.nextLong());
      random = new SplittableRandom(process.nextLong() ^ new SplittableRandom(number).nextLong());
    }
    return random;
  }

  @Override
  public void setSeed(double seed) {
    random = new SplittableRandom(Double.doubleToLongBits(seed));
  }

  @Override
  public String setting(String name) {
    return settings.find(name);
  }

  @Override
  public void setSetting(String name, String value, boolean local) {
    if (local && session.block() == null) {
      throw new DistDbException(
          ErrorCode.NO_ACTIVE_TRANSACTION,
          "a setting for the transaction alone can only be made in transaction blocks");
    }
    if (local) {
      session
          .block()
          .localBefore()
          .putIfAbsent(name.toLowerCase(java.util.Locale.ROOT), settings.show(name));
    }
    settings.set(name, value);
  }

  @Override
  public Transaction latest() {
    return transactions.begin(TransactionOptions.DEFAULT.withReadOnly(true));
  }

  @Override
  public SessionSequences sequences() {
    return sequences;
  }
}
