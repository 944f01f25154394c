// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.ast.Statement;
import io.distdb.sql.parse.SqlParser;
import io.distdb.sql.parse.StatementScanner;

/** From text to a parsed statement, through the plan cache where it can. One session's. */
final class StatementFinder {
  private static final int KEPT_CHARACTERS = 4_096;

  /** How long a parse goes on until others have their turn. */
  private static final long SLICE_NANOS = 5_000_000;

  private final PlanCache plans;
  private final Scheduler scheduler;
  private final Clock clock;
  private StatementScanner scanner = new StatementScanner();
  private boolean hasGrown;

  /** Whether a text is being parsed, which can take long; and whether it is to end. */
  private volatile boolean parsing;

  private volatile boolean canceled;
  private long sliceBegan;

  StatementFinder(PlanCache plans, Scheduler scheduler, Clock clock) {
    this.plans = plans;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** The client is waited for: no room for long texts is kept for it. */
  void letGo() {
    if (hasGrown) {
      scanner = new StatementScanner();
      hasGrown = false;
    }
  }

  /** Ends the parse that is under way, if there is one. Any thread. */
  void cancel() {
    canceled = parsing;
  }

  private Statement parsed(String sql, boolean lift) {
    canceled = false;
    parsing = true;
    sliceBegan = clock.nanoTime();
    try {
      return lift
          ? SqlParser.parse(sql, scanner.literals(), this::pause)
          : SqlParser.parse(sql, this::pause);
    } finally {
      parsing = false;
    }
  }

  private void pause() {
    long now = clock.nanoTime();
    if (now - sliceBegan > SLICE_NANOS) {
      scheduler.standBack();
      sliceBegan = clock.nanoTime();
    }
    if (canceled) {
      throw new DistDbException(
          ErrorCode.QUERY_CANCELED, "canceling statement due to user request");
    }
  }

  /**
   * The statement of this text, from the cache when its shape is there.
   *
   * @param lift whether literals may become parameters
   */
  CachedStatement find(String sql, boolean lift) {
    hasGrown |= sql.length() > KEPT_CHARACTERS;
    boolean known = scanner.scan(sql);
    if (known && !lift && scanner.literals().count() > 0) {
      return findExact(sql);
    }
    if (!known) {
      if (!lift) {
        return new CachedStatement(parsed(sql, false));
      }
      return new CachedStatement(parsed(sql, true));
    }
    CachedStatement statement = plans.find(scanner.fingerprint());
    if (statement == null) {
      statement = new CachedStatement(parsed(sql, true));
      if (statement.isDefinition() && scanner.literals().count() > 0) {
        return new CachedStatement(parsed(sql, false)); // SELECT INTO: definitions have no values
      }
      plans.add(scanner.fingerprint(), statement);
    }
    return statement;
  }

  /** A statement that keeps its literals: what a client prepares, again and again. */
  private CachedStatement findExact(String sql) {
    CachedStatement statement = plans.find(sql);
    if (statement == null) {
      statement = new CachedStatement(parsed(sql, false));
      plans.add(sql, statement);
    }
    return statement;
  }

  /** The literals of the last text that was found with literals lifted; a live view. */
  Arguments arguments() {
    return scanner.hasParameters()
        ? Arguments.Given.NONE
        : new Arguments.Lifted(scanner.literals());
  }
}
