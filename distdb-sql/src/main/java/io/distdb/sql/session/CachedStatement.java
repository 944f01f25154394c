// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.DatabaseStatement;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SessionStatement;
import io.distdb.sql.ast.Statement;
import io.distdb.sql.ast.TransactionStatement;
import io.distdb.sql.ast.UtilityStatement;
import java.util.List;

/**
 * A parsed statement and its newest plan. Shared by sessions: the plan is replaced, never changed,
 * and whoever uses one checks its schema version.
 */
final class CachedStatement {
  private final Statement ast;
  private final List<SqlType> declaredTypes;
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
