// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.ast.Query;
import io.distdb.sql.function.WindowedFunction;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The window calls of one SELECT, in the order in which they are met. */
final class WindowCollector {
  /** What rows a window is over and in which order; equal ones are computed together. */
  record Spec(List<Expression> partition, List<Relation.Ordered> order) {
    Spec {
      partition = List.copyOf(partition);
      order = List.copyOf(order);
    }
  }

  /** A call whose expressions are over what FROM gives, until they are lifted above a grouping. */
  record Pending(
      Variable variable,
      WindowedFunction function,
      List<Expression> arguments,
      Optional<Expression> filter,
      Spec spec,
      Relation.Frame frame) {
    Pending map(UnaryOperator<Expression> change) {
      return new Pending(
          variable,
          function,
          arguments.stream().map(change).toList(),
          filter.map(change),
          new Spec(
              spec.partition.stream().map(change).toList(),
              spec.order.stream()
                  .map(key ->
                      new Relation.Ordered(
                          change.apply(key.expression()), key.descending(), key.nullsFirst()))
                  .toList()),
          new Relation.Frame(
              frame.unit(),
              mapBound(frame.start(), change),
              mapBound(frame.end(), change),
              frame.exclusion()));
    }

    private static Relation.Bound mapBound(Relation.Bound bound, UnaryOperator<Expression> change) {
      return new Relation.Bound(
          bound.kind(),
          bound.offset(),
          bound
              .range()
              .map(range ->
                  new Relation.RangeLimit(change.apply(range.key()), range.limit().map(change))));
    }
  }

  private final StatementContext context;
  private final List<Query.NamedWindow> named;
  private final List<Pending> calls = new ArrayList<>();

  WindowCollector(StatementContext context, List<Query.NamedWindow> named) {
    this.context = context;
    this.named = named;
  }

  List<Query.NamedWindow> named() {
    return named;
  }

  /** The column that has the call's result. */
  Variable add(
      WindowedFunction function,
      List<Expression> arguments,
      Optional<Expression> filter,
      Spec spec,
      Relation.Frame frame) {
    Variable variable = context.newVariable(function.name(), function.resultType());
    calls.add(new Pending(variable, function, arguments, filter, spec, frame));
    return variable;
  }

  List<Pending> calls() {
    return List.copyOf(calls);
  }

  /**
   * {@code input} with a column for each of {@code pending}: computed values become columns first,
   * then there is a window for each distinct partition and order.
   */
  Relation relation(Relation input, List<Pending> pending) {
    if (pending.isEmpty()) {
      return input;
    }
    ComputedColumns columns = new ComputedColumns(context, input);
    List<Spec> specs = pending.stream().map(Pending::spec).distinct().toList();
    List<Relation.Window> windows = new ArrayList<>();
    for (Spec spec : specs) {
      List<Variable> partition = new ArrayList<>();
      for (Expression key : spec.partition) {
        Variable variable = columns.of(key, "partition_key");
        if (!partition.contains(variable)) {
          partition.add(variable);
        }
      }
      List<Relation.SortKey> order = new ArrayList<>();
      for (Relation.Ordered key : spec.order) {
        order.add(
            new Relation.SortKey(
                columns.of(key.expression(), "sort_key"), key.descending(), key.nullsFirst()));
      }
      List<Relation.WindowCall> calls =
          pending.stream().filter(call -> call.spec.equals(spec)).map(this::call).toList();
      windows.add(new Relation.Window(input, partition, order, calls));
    }
    Relation result = columns.relation();
    for (Relation.Window window : windows) {
      result = new Relation.Window(result, window.partition(), window.order(), window.calls());
    }
    return result;
  }

  private Relation.WindowCall call(Pending pending) {
    return new Relation.WindowCall(
        pending.variable, pending.function, pending.arguments, pending.filter, pending.frame);
  }
}
