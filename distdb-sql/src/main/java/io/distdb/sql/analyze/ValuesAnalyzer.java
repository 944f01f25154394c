// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Query;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** VALUES as a query: columns {@code column1}, {@code column2}, …, each in a common type. */
final class ValuesAnalyzer {
  private final StatementContext context;
  private final Optional<Scope.Outer> outer;
  private final ExpressionAnalyzer expressions;

  ValuesAnalyzer(StatementContext context, Optional<Scope.Outer> outer) {
    this.context = context;
    this.outer = outer;
    this.expressions =
        new ExpressionAnalyzer(
            context, Scope.EMPTY.within(outer), AggregateCollector.forbiddenIn(context, "VALUES"));
  }

  QueryArm analyze(Query query, Query.Values values) {
    if (!query.locking().isEmpty()) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              query.locking().getFirst().clause() + " cannot be applied to VALUES")
          .at(query.locking().getFirst().span().position());
    }
    int width = width(values);
    List<List<Operand>> rows = new ArrayList<>(values.rows().size());
    values.rows().forEach(row -> rows.add(expressions.operands(row)));
    List<SqlType> types = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      int column = i;
      types.add(
          ConditionalAnalyzer.commonType(
              "VALUES", rows.stream().map(row -> row.get(column)).toList()));
    }
    List<OutputColumn> outputs = new ArrayList<>(width);
    List<Variable> variables = new ArrayList<>(width);
    for (int i = 0; i < width; i++) {
      Variable variable = context.newVariable("column" + (i + 1), types.get(i));
      variables.add(variable);
      outputs.add(
          new OutputColumn(variable.name(), new Expression.Reference(variable), query.span()));
    }
    Relation relation = new Relation.Values(variables, convert(rows, types));
    return finish(query, relation, outputs);
  }

  /** Of each row, the same. */
  static int width(Query.Values values) {
    int width = values.rows().getFirst().size();
    for (List<Expr> row : values.rows()) {
      if (row.size() != width) {
        throw new DistDbException(
                ErrorCode.SYNTAX_ERROR, "VALUES lists must all be the same length")
            .at(row.getFirst().span().position());
      }
    }
    return width;
  }

  private List<List<Expression>> convert(List<List<Operand>> rows, List<SqlType> types) {
    List<List<Expression>> converted = new ArrayList<>(rows.size());
    for (List<Operand> row : rows) {
      List<Expression> values = new ArrayList<>(row.size());
      for (int i = 0; i < row.size(); i++) {
        values.add(expressions.coercion().demand(row.get(i), types.get(i), "VALUES"));
      }
      converted.add(values);
    }
    return converted;
  }

  private QueryArm finish(Query query, Relation relation, List<OutputColumn> outputs) {
    List<ScopeColumn> columns = new ArrayList<>(outputs.size());
    for (OutputColumn output : outputs) {
      columns.add(new ScopeColumn("", output.name(), output.expression()));
    }
    ExpressionAnalyzer above =
        new ExpressionAnalyzer(
            context,
            new Scope(List.of(), columns, outer),
            AggregateCollector.forbiddenIn(context, "ORDER BY"));
    List<OrderBy.Key> order = new OrderBy(above, outputs).analyze(query.orderBy());
    Relation result =
        order.isEmpty()
            ? new LimitClause(context, outer).apply(relation, query, List.of())
            : new Projection(context, outer, outputs, relation.output())
                .apply(relation, order, Distinct.NONE, query);
    return QueryArm.of(result, outputs);
  }
}
