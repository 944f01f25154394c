// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.ast.Expr;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.parse.SqlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CHECK conditions over the columns of one table. */
final class CheckConditions {
  private final StatementContext context;
  private final List<Variable> variables;
  private final Scope scope;

  CheckConditions(String tableName, List<TableColumn> columns, StatementContext context) {
    this.context = context;
    variables = new ArrayList<>(columns.size());
    List<ScopeColumn> named = new ArrayList<>(columns.size());
    for (TableColumn column : columns) {
      Variable variable = context.newVariable(column.name(), column.type());
      variables.add(variable);
      named.add(new ScopeColumn(tableName, column.name(), new Expression.Reference(variable)));
    }
    scope = Scope.of(new ScopeTable(tableName, Optional.empty(), variables, named));
  }

  /** One variable a column, in their order. */
  List<Variable> variables() {
    return variables;
  }

  Expression analyze(Constraint.Check check) {
    return analyze(SqlParser.parseExpression(check.text()));
  }

  Expression analyze(Expr condition) {
    Expression analyzed =
        new ExpressionAnalyzer(
                context, scope, AggregateCollector.forbiddenIn(context, "check constraints"))
            .condition(condition, "CHECK");
    return StoredExpressions.checked(analyzed, "check constraint", condition.span());
  }

  /** An expression of any type. */
  Expression value(Expr expression) {
    return new ExpressionAnalyzer(
            context, scope, AggregateCollector.forbiddenIn(context, "check constraints"))
        .settled(expression);
  }

  /** Ordinals of the columns that {@code condition} reads, ascending. */
  List<Integer> columns(Expression condition) {
    List<Integer> ordinals = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      if (Expressions.references(condition).contains(variables.get(i))) {
        ordinals.add(i);
      }
    }
    return ordinals;
  }
}
