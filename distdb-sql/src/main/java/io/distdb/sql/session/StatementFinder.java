// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.sql.parse.SqlParser;
import io.distdb.sql.parse.StatementScanner;

/** From text to a parsed statement, through the plan cache where it can. One session's. */
final class StatementFinder {
  private final PlanCache plans;
  private final StatementScanner scanner = new StatementScanner();

  StatementFinder(PlanCache plans) {
    this.plans = plans;
  }

  /**
   * The statement of this text, from the cache when its shape is there.
   *
   * @param lift whether literals may become parameters
   */
  CachedStatement find(String sql, boolean lift) {
    boolean known = scanner.scan(sql);
    if (known && !lift && scanner.literals().count() > 0) {
      return findExact(sql);
    }
    if (!known) {
      if (!lift) {
        return new CachedStatement(SqlParser.parse(sql));
      }
      return new CachedStatement(SqlParser.parse(sql, scanner.literals()));
    }
    CachedStatement statement = plans.find(scanner.fingerprint());
    if (statement == null) {
      statement = new CachedStatement(SqlParser.parse(sql, scanner.literals()));
      if (statement.isDefinition() && scanner.literals().count() > 0) {
        return new CachedStatement(SqlParser.parse(sql)); // SELECT INTO: definitions have no values
      }
      plans.add(scanner.fingerprint(), statement);
    }
    return statement;
  }

  /** A statement that keeps its literals: what a client prepares, again and again. */
  private CachedStatement findExact(String sql) {
    CachedStatement statement = plans.find(sql);
    if (statement == null) {
      statement = new CachedStatement(SqlParser.parse(sql));
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
