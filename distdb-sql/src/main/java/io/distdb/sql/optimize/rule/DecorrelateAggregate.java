// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import io.distdb.sql.logical.Expression.ScalarSubquery;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.AggregateCall;
import io.distdb.sql.logical.Relation.JoinKind;
import io.distdb.sql.logical.Relations;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Computes an aggregate that a subquery asks for each outer row once for all of them, by groups
 * (Kim 1982; the count of no rows as Ganski and Wong 1987).
 *
 * <pre>
 * Filter (o.a &lt; count(Filter (i.b = o.b) i))      Project (o)
 *   o                                       =>        Filter (o.a &lt; COALESCE(n, 0))
 *                                                       Join LEFT (k = o.b)
 *                                                         o
 *                                                         Aggregate (k := i.b, n := count)
 *                                                           i
 * </pre>
 *
 * A group that is not there stands for the aggregate of no rows: 0 for count, NULL for the others.
 * Left alone where an index finds the rows of one outer row: reading those is cheaper.
 */
public final class DecorrelateAggregate implements Rule {
  /** Aggregates that are 0 of no rows; all others are NULL. */
  private static final Set<String> OF_NONE_ZERO = Set.of("count", "regr_count");

  @Override
  public Relation apply(Relation relation) {
    Relation input =
        switch (relation) {
          case Relation.Filter filter -> filter.input();
          case Relation.Project project -> project.input();
          default -> null;
        };
    if (input == null) {
      return relation;
    }
    Map<Expression, Expression> replaced = new LinkedHashMap<>();
    Relation joined = input;
    for (ScalarSubquery subquery : subqueries(relation)) {
      Optional<Grouped> grouped = grouped(subquery, input.output());
      if (grouped.isPresent()) {
        joined =
            new Relation.Join(
                JoinKind.LEFT,
                joined,
                grouped.get().groups(),
                Expressions.conjunction(grouped.get().equalities()));
        replaced.put(subquery, grouped.get().value());
      }
    }
    if (replaced.isEmpty()) {
      return relation;
    }
    Relation above =
        relation instanceof Relation.Filter filter
            ? new Relation.Filter(joined, filter.predicate())
            : new Relation.Project(joined, ((Relation.Project) relation).assignments());
    return Projects.to(
        relation.output(), Relations.mapExpressions(above, e -> replace(e, replaced)));
  }

  private static Expression replace(Expression expression, Map<Expression, Expression> by) {
    Expression replacement = by.get(expression);
    if (replacement != null) {
      return replacement;
    }
    return Expressions.operands(expression).isEmpty()
        ? expression
        : Expressions.map(expression, operand -> replace(operand, by));
  }

  /** Of the node's own expressions, each once; a relation that several share is left out. */
  private static Collection<ScalarSubquery> subqueries(Relation relation) {
    Set<ScalarSubquery> found = new java.util.LinkedHashSet<>();
    for (Expression expression : Relations.expressions(relation)) {
      collect(expression, found);
    }
    return found;
  }

  private static void collect(Expression expression, Set<ScalarSubquery> found) {
    if (expression instanceof ScalarSubquery scalar && scalar.relation().output().size() == 1) {
      found.add(scalar);
    }
    Expressions.operands(expression).forEach(operand -> collect(operand, found));
  }

  /** The groups, how they meet the outer rows, and the subquery's value above that join. */
  private record Grouped(Relation groups, List<Expression> equalities, Expression value) {}

  private static Optional<Grouped> grouped(ScalarSubquery subquery, List<Variable> around) {
    if (subquery.outer().isEmpty()
        || Expressions.isVolatile(subquery)
        || !around.containsAll(subquery.outer())) {
      return Optional.empty();
    }
    Expression value = new Expression.Reference(subquery.relation().output().getFirst());
    Relation below = subquery.relation();
    if (below instanceof Relation.Project project) {
      value = project.assignments().getFirst().expression();
      below = project.input();
    }
    if (!(below instanceof Relation.Aggregate aggregate) || !aggregate.keys().isEmpty()) {
      return Optional.empty();
    }
    boolean plain =
        Relations.expressions(aggregate).stream()
            .allMatch(e -> Collections.disjoint(Expressions.references(e), around));
    if (!plain || Expressions.hasSubquery(value)) {
      return Optional.empty();
    }
    Expression result = value;
    return Uncorrelated.of(aggregate.input(), true)
        .flatMap(input -> grouped(aggregate, input, result));
  }

  private static Optional<Grouped> grouped(
      Relation.Aggregate aggregate, Uncorrelated input, Expression value) {
    Set<Variable> own = new HashSet<>(input.relation().output());
    List<Variable> keys = new ArrayList<>();
    for (Expression condition : input.conditions()) {
      if (!(condition instanceof Expression.Compare compare)
          || compare.comparison() != Comparison.EQUAL) {
        return Optional.empty();
      }
      Optional<Variable> key =
          key(compare.left(), compare.right(), own)
              .or(() -> key(compare.right(), compare.left(), own));
      if (key.isEmpty()) {
        return Optional.empty();
      }
      if (!keys.contains(key.get())) {
        keys.add(key.get());
      }
    }
    if (keys.isEmpty() || hasIndex(input.relation(), keys)) {
      return Optional.empty();
    }
    Relation groups = new Relation.Aggregate(input.relation(), keys, aggregate.calls());
    return Optional.of(new Grouped(groups, input.conditions(), ofNone(aggregate, value)));
  }

  /** The column that {@code side} is, when the other side is of the outer row alone. */
  private static Optional<Variable> key(Expression side, Expression other, Set<Variable> own) {
    return side instanceof Expression.Reference reference
            && own.contains(reference.variable())
            && Collections.disjoint(Expressions.references(other), own)
        ? Optional.of(reference.variable())
        : Optional.empty();
  }

  /** The value where a count that is NULL, because there is no group, is 0. */
  private static Expression ofNone(Relation.Aggregate aggregate, Expression value) {
    Map<Variable, Expression> counts = new HashMap<>();
    for (AggregateCall call : aggregate.calls()) {
      if (OF_NONE_ZERO.contains(call.function().name())) {
        Expression zero = new Expression.Literal(Value.of(0L), SqlType.BIGINT);
        counts.put(
            call.variable(),
            new Expression.Coalesce(
                List.of(new Expression.Reference(call.variable()), zero), SqlType.BIGINT));
      }
    }
    return Expressions.substitute(value, counts);
  }

  /** Whether a key or index of the one table below begins with one of the columns. */
  private static boolean hasIndex(Relation relation, List<Variable> keys) {
    return switch (relation) {
      case Relation.Filter filter -> hasIndex(filter.input(), keys);
      case Relation.Project project -> hasIndex(project.input(), keys);
      case Relation.Join join ->
          hasIndex(join.left(), keys) || join.kind().isInner() && hasIndex(join.right(), keys);
      case Relation.Scan scan -> {
        Table table = scan.table();
        Set<Integer> leading = new HashSet<>();
        table.primaryKey().stream().findFirst().ifPresent(leading::add);
        for (IndexDefinition index : table.indexes()) {
          leading.add(index.parts().getFirst().ordinal());
        }
        yield keys.stream()
            .map(scan.output()::indexOf)
            .anyMatch(at -> at >= 0 && leading.contains(scan.ordinals().get(at)));
      }
      default -> false;
    };
  }
}
