// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Query;
import io.distdb.sql.function.AggregateFunction;
import io.distdb.sql.function.FunctionRegistry;
import io.distdb.sql.function.OrderedAggregates;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls of aggregates: overload, arguments, DISTINCT, FILTER, ORDER BY, WITHIN GROUP. */
final class AggregateAnalyzer {
  /** A call that is not yet placed. */
  record Bound(
      AggregateFunction function,
      List<Expression> arguments,
      boolean distinct,
      Optional<Expression> filter,
      List<Relation.Ordered> order) {
    /** All that may have columns. */
    List<Expression> expressions() {
      List<Expression> all = new ArrayList<>(arguments);
      filter.ifPresent(all::add);
      order.forEach(key -> all.add(key.expression()));
      return all;
    }
  }

  private final ExpressionAnalyzer inner;
  private final ExpressionAnalyzer filters;

  /**
   * @param inner for arguments
   * @param filters for FILTER
   */
  AggregateAnalyzer(ExpressionAnalyzer inner, ExpressionAnalyzer filters) {
    this.inner = inner;
    this.filters = filters;
  }

  Bound analyze(Expr.Call call) {
    String name = call.function().text();
    checkForm(call, name);
    List<Expr> written = new ArrayList<>(call.arguments());
    List<Query.OrderItem> items = call.clauses().orderBy();
    if (call.clauses().withinGroup()) {
      items.forEach(item -> written.add(item.expression()));
    }
    List<Operand> operands = inner.operands(written);
    if (operands.isEmpty() && !call.star()) {
      throw emptyCount(call, name);
    }
    AggregateFunction function = overload(call, name, operands);
    List<Expression> arguments = new ArrayList<>(operands.size());
    for (int i = 0; i < operands.size(); i++) {
      SqlType type = function.argumentTypes().get(i);
      arguments.add(inner.coercion().demand(operands.get(i), type, name));
    }
    List<Relation.Ordered> order =
        call.clauses().withinGroup()
            ? within(items, arguments, call.arguments().size())
            : order(call, function, items, arguments);
    Optional<Expression> filter =
        call.clauses().filter().map(condition -> filters.condition(condition, "FILTER"));
    return new Bound(function, arguments, call.distinct(), filter, order);
  }

  private static void checkForm(Expr.Call call, String name) {
    if (call.star() && !name.equals("count")) {
      throw new DistDbException(
              ErrorCode.UNDEFINED_FUNCTION, "function " + name + "() does not exist")
          .withHint("Only count takes a star.")
          .at(call.span().position());
    }
    boolean ordered = OrderedAggregates.isOrderedSet(name);
    if (ordered != call.clauses().withinGroup()) {
      throw new DistDbException(
              ErrorCode.WRONG_OBJECT_TYPE,
              ordered
                  ? "WITHIN GROUP is required for ordered-set aggregate " + name
                  : name + " is not an ordered-set aggregate, so it cannot have WITHIN GROUP")
          .at(call.span().position());
    }
  }

  private static DistDbException emptyCount(Expr.Call call, String name) {
    return name.equals("count")
        ? new DistDbException(
                ErrorCode.WRONG_OBJECT_TYPE,
                "count(*) must be used to call a parameterless aggregate function")
            .at(call.span().position())
        : new DistDbException(
                ErrorCode.UNDEFINED_FUNCTION, "function " + name + "() does not exist")
            .at(call.span().position());
  }

  private static AggregateFunction overload(Expr.Call call, String name, List<Operand> operands) {
    if (operands.size() == 1 && operands.getFirst().type() instanceof SqlType.Array array) {
      Optional<AggregateFunction> ofArrays =
          FunctionRegistry.aggregateOfArrays(name, (SqlType.Array) array.unmodified());
      if (ofArrays.isPresent()) {
        return ofArrays.get();
      }
    }
    if (operands.size() == 1 && operands.getFirst().type() instanceof RowType row) {
      Optional<AggregateFunction> ofRows = FunctionRegistry.aggregateOfRows(name, row);
      if (ofRows.isPresent()) {
        return ofRows.get();
      }
    }
    List<AggregateFunction> left =
        OverloadResolution.choose(
            FunctionRegistry.aggregates(name), AggregateFunction::argumentTypes, operands);
    return CallAnalyzer.only(left, name, operands, call.span());
  }

  /** The last arguments are what WITHIN GROUP sorts by. */
  private static List<Relation.Ordered> within(
      List<Query.OrderItem> items, List<Expression> arguments, int direct) {
    List<Relation.Ordered> order = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      order.add(ordered(items.get(i), arguments.get(direct + i)));
    }
    return order;
  }

  private List<Relation.Ordered> order(
      Expr.Call call,
      AggregateFunction function,
      List<Query.OrderItem> items,
      List<Expression> arguments) {
    List<Relation.Ordered> order = new ArrayList<>();
    for (Query.OrderItem item : items) {
      Expression key = inner.settled(item.expression());
      if (call.distinct() && !arguments.contains(key)) {
        throw new DistDbException(
                ErrorCode.INVALID_COLUMN_REFERENCE,
                "in an aggregate with DISTINCT, ORDER BY expressions must appear in argument list")
            .at(item.expression().span().position());
      }
      order.add(ordered(item, key));
    }
    // DISTINCT sorts, in PostgreSQL, and of some aggregates that can be seen
    if (call.distinct() && order.isEmpty() && OrderedAggregates.showsOrder(function.name())) {
      arguments.forEach(argument -> order.add(new Relation.Ordered(argument, false, false)));
    }
    return order;
  }

  private static Relation.Ordered ordered(Query.OrderItem item, Expression key) {
    return new Relation.Ordered(
        key, item.descending(), item.nullsFirst().orElse(item.descending()));
  }
}
