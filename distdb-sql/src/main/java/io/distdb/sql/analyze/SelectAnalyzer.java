// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Query;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One SELECT. Every expression is analyzed over what FROM gives; when there are groups, all of them
 * move above the aggregation together.
 *
 * <pre>
 * Limit
 *   Project            drops columns that only ORDER BY wanted
 *     DistinctOn
 *      Sort
 *       Distinct
 *         Project      select list, and what ORDER BY wants besides
 *          Window      one for each partition and order
 *           Filter     HAVING
 *             Aggregate
 *               Filter WHERE
 *                 FROM
 * </pre>
 */
final class SelectAnalyzer {
  private final StatementContext context;
  private final Optional<Scope.Outer> outer;
  private final Query query;
  private final Query.Select select;
  private final boolean keepsUnknown;

  /**
   * @param keepsUnknown whether constants of unknown type wait for what they are combined with
   */
  SelectAnalyzer(
      StatementContext context,
      Optional<Scope.Outer> outer,
      Query query,
      Query.Select select,
      boolean keepsUnknown) {
    this.context = context;
    this.outer = outer;
    this.query = query;
    this.select = select;
    this.keepsUnknown = keepsUnknown;
  }

  QueryArm analyze(List<SqlType> targets) {
    int recursions = context.recursions();
    LockingClause locking = new LockingClause(context, query);
    FromClause.Bound from = locking.prepare(new FromClause(context, outer).analyze(select.from()));
    Relation input = where(from);
    WindowCollector windows = new WindowCollector(context, select.windows());
    AggregateCollector aggregates = AggregateCollector.allowed(context, windows);
    ExpressionAnalyzer expressions = new ExpressionAnalyzer(context, from.scope(), aggregates);
    List<OutputColumn> outputs =
        new SelectList(context, from.scope(), expressions, keepsUnknown)
            .analyze(select.items(), targets);
    GroupSets keys = groupKeys(from.scope(), outputs, aggregates, windows);
    Optional<Expression> having = having(from.scope(), aggregates);
    OrderBy orderBy = new OrderBy(expressions, outputs);
    List<OrderBy.Key> order = orderBy.analyze(query.orderBy());
    Distinct distinct = distinct(orderBy);
    new WindowAnalyzer(context, from.scope(), aggregates, select.windows()).checkNamed();
    List<WindowCollector.Pending> pending = windows.calls();
    SeriesCollector series = aggregates.series(select.span());
    List<Relation.SeriesCall> rows = series.lifted(UnaryOperator.identity());
    if (context.recursions() > recursions && !aggregates.calls().isEmpty()) {
      throw new DistDbException(
              ErrorCode.INVALID_RECURSION,
              "aggregate functions are not allowed in a recursive query's recursive term")
          .at(select.span().position());
    }
    boolean grouped =
        !select.groupBy().isEmpty()
            || having.isPresent()
            || !aggregates.calls().isEmpty()
            || !aggregates.groupings().isEmpty();
    if (grouped) {
      List<Variable> above = new ArrayList<>(series.variables());
      pending.forEach(call -> above.add(call.variable()));
      Grouping grouping =
          new Grouping(context, from.scope(), input.output(), keys, aggregates, above);
      outputs = liftOutputs(grouping, outputs);
      having = having.map(grouping::lift);
      order = liftKeys(grouping, order);
      distinct = new Distinct(distinct.rows(), liftKeys(grouping, distinct.keys()));
      pending = pending.stream().map(call -> call.map(grouping::lift)).toList();
      rows = series.lifted(grouping::lift);
      input = grouping.relation(input);
    }
    if (having.isPresent()) {
      input = new Relation.Filter(input, having.get());
    }
    input = series.relation(windows.relation(input, pending), rows);
    if (!query.locking().isEmpty()) {
      locking.check(select, aggregates, windows);
      input = locking.apply(input, predicate(input), order);
      order = List.of();
    }
    Relation result =
        new Projection(context, outer, outputs, input.output())
            .apply(input, order, distinct, query);
    return QueryArm.of(result, outputs);
  }

  private Distinct distinct(OrderBy orderBy) {
    if (select.distinctOn().isEmpty()) {
      return select.distinct() ? Distinct.ROWS : Distinct.NONE;
    }
    return new Distinct(false, orderBy.keys(select.distinctOn(), "DISTINCT ON"));
  }

  /** What WHERE says, which is the filter on top. */
  private Optional<Expression> predicate(Relation input) {
    return select.where().isPresent() && input instanceof Relation.Filter filter
        ? Optional.of(filter.predicate())
        : Optional.empty();
  }

  private Relation where(FromClause.Bound from) {
    if (select.where().isEmpty()) {
      return from.relation();
    }
    Expression predicate =
        new ExpressionAnalyzer(
                context, from.scope(), AggregateCollector.forbiddenIn(context, "WHERE"))
            .condition(select.where().get(), "WHERE");
    return new Relation.Filter(from.relation(), predicate);
  }

  private Optional<Expression> having(Scope scope, AggregateCollector aggregates) {
    ExpressionAnalyzer expressions =
        new ExpressionAnalyzer(context, scope, aggregates.withoutWindows("HAVING"));
    return select.having().map(condition -> expressions.condition(condition, "HAVING"));
  }

  private GroupSets groupKeys(
      Scope scope,
      List<OutputColumn> outputs,
      AggregateCollector aggregates,
      WindowCollector windows) {
    if (select.groupBy().isEmpty()) {
      return GroupSets.NONE;
    }
    ExpressionAnalyzer expressions =
        new ExpressionAnalyzer(context, scope, AggregateCollector.forbiddenIn(context, "GROUP BY"));
    Set<Variable> results = new HashSet<>();
    aggregates.calls().forEach(call -> results.add(call.variable()));
    aggregates.groupings().forEach(grouping -> results.add(grouping.variable()));
    windows.calls().forEach(call -> results.add(call.variable()));
    List<OutputColumn> aggregated =
        outputs.stream()
            .filter(output -> Expressions.refersToAny(output.expression(), results))
            .toList();
    return new GroupBy(scope, expressions, outputs)
        .analyze(select.groupBy(), select.groupByDistinct(), aggregated);
  }

  private static List<OutputColumn> liftOutputs(Grouping grouping, List<OutputColumn> outputs) {
    List<OutputColumn> lifted = new ArrayList<>(outputs.size());
    for (OutputColumn output : outputs) {
      lifted.add(
          new OutputColumn(
              output.name(), grouping.lift(output.expression()), output.span(), output.unknown()));
    }
    return lifted;
  }

  private static List<OrderBy.Key> liftKeys(Grouping grouping, List<OrderBy.Key> keys) {
    List<OrderBy.Key> lifted = new ArrayList<>(keys.size());
    for (OrderBy.Key key : keys) {
      lifted.add(
          new OrderBy.Key(
              grouping.lift(key.expression()), key.descending(), key.nullsFirst(), key.span()));
    }
    return lifted;
  }

  static DistDbException orderNotSelected(OrderBy.Key key) {
    return new DistDbException(
            ErrorCode.INVALID_COLUMN_REFERENCE,
            "for SELECT DISTINCT, ORDER BY expressions must appear in select list")
        .at(key.span().position());
  }
}
