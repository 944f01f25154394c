// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.CopyStatement;
import io.distdb.sql.ast.DataStatement;
import io.distdb.sql.ast.DatabaseStatement;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SessionStatement;
import io.distdb.sql.ast.Statement;
import io.distdb.sql.ast.TransactionStatement;
import io.distdb.sql.ast.UtilityStatement;
import java.util.List;
import java.util.Optional;

/**
 * A parsed statement and its newest plan. Shared by sessions: the plan is replaced, never changed,
 * and whoever uses one checks its schema version.
 */
final class CachedStatement {
  private final Statement ast;
  private final List<SqlType> declaredTypes;
  private final SchemaStatement.Temporary temporary;
  private final CustomPlans customPlans = new CustomPlans();
  private volatile PreparedPlan plan;
  private volatile boolean used;

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
        || ast instanceof SchemaStatement;
  }

  /** It changes definitions. */
  boolean isDefinition() {
    return ast instanceof SchemaStatement;
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
