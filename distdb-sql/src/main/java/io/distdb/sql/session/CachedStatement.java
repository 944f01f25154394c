// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.type.SqlType;
import io.distdb.sql.activity.Secrets;
import io.distdb.sql.activity.StatementMetrics;
import io.distdb.sql.activity.StatementStatistics;
import io.distdb.sql.activity.StatementTotals;
import io.distdb.sql.ast.CopyStatement;
import io.distdb.sql.ast.DataStatement;
import io.distdb.sql.ast.DatabaseStatement;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.RoleStatement;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SessionStatement;
import io.distdb.sql.ast.Statement;
import io.distdb.sql.ast.TransactionStatement;
import io.distdb.sql.ast.UtilityStatement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A parsed statement and its newest plan. Shared by sessions: the plan is replaced, never changed,
 * and whoever uses one checks its schema version.
 */
final class CachedStatement {
  private static final int VARIANTS_MAX = 4;

  private final Statement ast;
  private final List<SqlType> declaredTypes;
  private final SchemaStatement.Temporary temporary;
  private final CustomPlans customPlans = new CustomPlans();
  private volatile PreparedPlan plan;
  private volatile boolean used;

  /** Its text without literals that may differ; null: nobody said. */
  private volatile String key;

  /** Of its runs; null before the first that was counted. */
  private volatile StatementTotals totals;

  /** The same with other types declared, those of the last few clients. */
  private volatile List<CachedStatement> variants = List.of();

  CachedStatement(Statement ast) {
    this(ast, List.of());
  }

  /**
   * @param declaredTypes of the first parameters, null where their places decide
   */
  CachedStatement(Statement ast, List<SqlType> declaredTypes) {
    this.ast = ast;
    this.declaredTypes = declaredTypes;
    temporary = temporary(ast).orElse(null);
  }

  /**
   * The same statement whose parameters are of these types.
   *
   * @param types of the first parameters, null where their places decide
   */
  CachedStatement declared(List<SqlType> types) {
    int named = types.size();
    while (named > 0 && types.get(named - 1) == null) {
      named--;
    }
    List<SqlType> wanted = Collections.unmodifiableList(new ArrayList<>(types.subList(0, named)));
    if (wanted.equals(declaredTypes)) {
      return this;
    }
    List<CachedStatement> known = variants;
    for (CachedStatement variant : known) {
      if (variant.declaredTypes.equals(wanted)) {
        return variant;
      }
    }
    CachedStatement made = new CachedStatement(ast, wanted);
    made.key = key;
    List<CachedStatement> kept = new ArrayList<>(VARIANTS_MAX);
    kept.add(made);
    kept.addAll(known.subList(0, Math.min(known.size(), VARIANTS_MAX - 1)));
    variants = List.copyOf(kept);
    return made;
  }

  /** Says what it is called in statistics. */
  void keyed(String text) {
    key = text;
  }

  /**
   * The totals of its runs.
   *
   * @param text as it was given, for a statement that nobody named
   */
  StatementTotals totals(StatementStatistics statistics, String text) {
    StatementTotals known = totals;
    if (known == null) {
      String shown = key == null ? text : key;
      boolean isLong = shown.length() > StatementStatistics.TEXT_CHARACTERS_MAX;
      known =
          statistics.of(
              Secrets.masked(
                  isLong
                      ? shown.substring(0, StatementStatistics.TEXT_CHARACTERS_MAX) + "..."
                      : shown));
      totals = known;
    }
    return known;
  }

  StatementMetrics.Kind kind() {
    return switch (ast) {
      case Statement.QueryStatement query -> StatementMetrics.Kind.SELECT;
      case DataStatement.Insert insert -> StatementMetrics.Kind.INSERT;
      case DataStatement.Update update -> StatementMetrics.Kind.UPDATE;
      case DataStatement.Delete delete -> StatementMetrics.Kind.DELETE;
      case CopyStatement copy -> StatementMetrics.Kind.COPY;
      case SchemaStatement definition -> StatementMetrics.Kind.DEFINITION;
      case TransactionStatement transaction -> StatementMetrics.Kind.TRANSACTION;
      default -> StatementMetrics.Kind.OTHER;
    };
  }

  /** Whether it runs another statement, which is counted instead. */
  boolean isExecute() {
    return ast instanceof SessionStatement.Execute;
  }

  /** It may run in a block that has failed: it ends the block or goes back to a savepoint. */
  boolean isTransactionExit() {
    return ast instanceof TransactionStatement.Commit
        || ast instanceof TransactionStatement.Rollback
        || ast instanceof TransactionStatement.RollbackTo;
  }

  /** There is no statement but blanks and comments. */
  boolean isEmpty() {
    return ast instanceof UtilityStatement.Empty;
  }

  /** What it creates, when that is a table of the session alone; else null. */
  SchemaStatement.Temporary temporary() {
    return temporary;
  }

  List<SqlType> declaredTypes() {
    return declaredTypes;
  }

  Statement ast() {
    return ast;
  }

  /** The newest plan, or null. */
  PreparedPlan plan() {
    return plan;
  }

  void keep(PreparedPlan newest) {
    plan = newest;
  }

  CustomPlans customPlans() {
    return customPlans;
  }

  void markUsed() {
    if (!used) {
      used = true;
    }
  }

  boolean takeUsed() {
    boolean was = used;
    used = false;
    return was;
  }

  private static Optional<SchemaStatement.Temporary> temporary(Statement ast) {
    return switch (ast) {
      case SchemaStatement.CreateTable create -> create.temporary();
      case SchemaStatement.CreateTableAs create -> create.temporary();
      default -> Optional.empty();
    };
  }

  /** It changes rows, or a definition that has them. */
  boolean isChange() {
    boolean within =
        ast instanceof Statement.QueryStatement query
            && query.query().with().filter(Query.With::hasChanges).isPresent();
    return within
        || ast instanceof DataStatement
        || ast instanceof CopyStatement
        || ast instanceof SchemaStatement
        || ast instanceof RoleStatement;
  }

  /** A query that changes and locks nothing, or EXPLAIN of one. */
  boolean onlyReads() {
    return ast instanceof UtilityStatement.Explain explain
        ? onlyReads(explain.statement())
        : onlyReads(ast);
  }

  private static boolean onlyReads(Statement statement) {
    return statement instanceof Statement.QueryStatement query
        && query.query().locking().isEmpty()
        && query.query().with().filter(Query.With::hasChanges).isEmpty();
  }

  /** It changes definitions. */
  boolean isDefinition() {
    return ast instanceof SchemaStatement || ast instanceof RoleStatement;
  }

  /** It may be no part of a transaction. */
  boolean isVacuum() {
    return ast instanceof SchemaStatement.Analyze analyze
        && analyze.upkeep() != SchemaStatement.Upkeep.ANALYZE;
  }

  /** It steers the session and reads no data: allowed where no snapshot can be taken. */
  boolean isControl() {
    return switch (ast) {
      case DatabaseStatement ignored -> true;
      case TransactionStatement ignored -> true;
      case SessionStatement ignored -> true;
      case UtilityStatement utility -> !(utility instanceof UtilityStatement.Explain);
      default -> false;
    };
  }
}
