// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.JoinType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Joins of any type over partners found in any way. */
final class JoinFactory {
  private JoinFactory() {}

  /**
   * @param condition over both sides
   */
  static OperatorFactory of(
      JoinType type,
      OperatorFactory outer,
      List<Variable> outerOutput,
      List<Variable> innerOutput,
      Function<Execution, Partners> partners,
      Optional<Expression> condition) {
    RowJoin join = rows(type, outerOutput, innerOutput, condition);
    return execution ->
        join.open(outer.open(execution), partners.apply(execution), null, execution);
  }

  /**
   * @param condition over both sides
   */
  static RowJoin rows(
      JoinType type,
      List<Variable> outerOutput,
      List<Variable> innerOutput,
      Optional<Expression> condition) {
    List<Variable> layout = new ArrayList<>(outerOutput);
    int width = layout.size();
    layout.addAll(innerOutput);
    Program program =
        condition.map(e -> ExpressionCompiler.compile(layout, List.of(e))).orElse(null);
    if (type != JoinType.INNER) {
      return (outer, partners, earlier, execution) ->
          new MatchOperator(type, outer, partners, layout, width, program, earlier, execution);
    }
    return (outer, partners, earlier, execution) -> {
      Operator pairs = new JoinOperator(outer, partners, layout, width, execution);
      return program == null ? pairs : new FilterOperator(pairs, program, execution);
    };
  }
}
