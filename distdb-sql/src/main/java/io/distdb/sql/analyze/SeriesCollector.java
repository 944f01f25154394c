// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relations;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The functions of a select list that return rows. All of them run side by side for each row below
 * (PostgreSQL documentation, 38.5.9); equal calls share a column.
 */
final class SeriesCollector {
  private final StatementContext context;
  private final Map<Relation.SeriesCall, Variable> calls = new LinkedHashMap<>();

  SeriesCollector(StatementContext context) {
    this.context = context;
  }

  Variable add(Relation.SeriesCall call) {
    return calls.computeIfAbsent(
        call, key -> context.newVariable(call.function().name(), call.function().resultType()));
  }

  int count() {
    return calls.size();
  }

  List<Variable> variables() {
    return List.copyOf(calls.values());
  }

  /** The calls with arguments moved above a grouping. */
  List<Relation.SeriesCall> lifted(UnaryOperator<Expression> lift) {
    List<Relation.SeriesCall> lifted = new ArrayList<>();
    for (Relation.SeriesCall call : calls.keySet()) {
      lifted.add(
          new Relation.SeriesCall(call.function(), call.arguments().stream().map(lift).toList()));
    }
    return lifted;
  }

  /** {@code input} with the rows of {@code lifted}, this collector's calls, beside its own. */
  Relation relation(Relation input, List<Relation.SeriesCall> lifted) {
    if (calls.isEmpty()) {
      return input;
    }
    Relation rows = new Relation.FunctionRows(lifted, false, variables());
    boolean lateral = !Collections.disjoint(Relations.outer(rows), input.output());
    return lateral
        ? new Relation.Apply(Relation.JoinKind.CROSS, input, rows, Optional.empty())
        : new Relation.Join(Relation.JoinKind.CROSS, input, rows, Optional.empty());
  }
}
