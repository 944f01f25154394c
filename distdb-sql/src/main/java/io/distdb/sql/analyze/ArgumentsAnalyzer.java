// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;

/** The values of EXECUTE on their way into parameters. */
final class ArgumentsAnalyzer {
  private final StatementContext context;
  private final ExpressionAnalyzer expressions;

  ArgumentsAnalyzer(StatementContext context) {
    this.context = context;
    expressions =
        new ExpressionAnalyzer(
            context, Scope.EMPTY, AggregateCollector.forbiddenIn(context, "EXECUTE parameters"));
  }

  /** A query of one row. */
  BoundStatement.Query analyze(List<Expr> arguments, List<SqlType> types) {
    List<Variable> variables = new ArrayList<>();
    List<String> headings = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      Variable variable = context.newVariable("$" + (i + 1), types.get(i));
      variables.add(variable);
      headings.add(variable.name());
      values.add(value(arguments.get(i), i, types.get(i)));
    }
    return new BoundStatement.Query(new Relation.Values(variables, List.of(values)), headings);
  }

  private Expression value(Expr argument, int ordinal, SqlType type) {
    Operand operand = expressions.operand(argument);
    Expression value =
        expressions
            .coercion()
            .convert(operand, type, CastStrength.ASSIGNMENT)
            .orElseThrow(() ->
                new DistDbException(
                        ErrorCode.DATATYPE_MISMATCH,
                        "parameter $"
                            + (ordinal + 1)
                            + " of type "
                            + operand.typeName()
                            + " cannot be coerced to the expected type "
                            + type.sqlName())
                    .withHint("You will need to rewrite or cast the expression.")
                    .at(operand.span().position()));
    return SubqueryAnalyzer.refuse(value, "EXECUTE parameter", argument.span());
  }
}
