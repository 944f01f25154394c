// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Moves expressions from below an aggregation to above it.
 *
 * <p>Whatever equals a group key becomes a reference to it, results of aggregates stay, and any
 * other column below is an error, unless the primary key of its table is grouped by: then it has
 * one value in each group (SQL:1999, functional dependency) and is grouped by as well.
 */
final class Grouping {
  private final StatementContext context;
  private final Scope scope;
  private final List<Relation.AggregateCall> calls;
  private final Set<Variable> results = new HashSet<>();
  private final Map<Expression, Variable> keys = new LinkedHashMap<>();

  Grouping(
      StatementContext context,
      Scope scope,
      List<Expression> keyExpressions,
      List<Relation.AggregateCall> calls) {
    this.context = context;
    this.scope = scope;
    this.calls = calls;
    calls.forEach(call -> results.add(call.variable()));
    for (Expression key : keyExpressions) {
      keys.put(key, variableOf(key));
    }
  }

  private Variable variableOf(Expression key) {
    return key instanceof Expression.Reference reference
        ? reference.variable()
        : context.newVariable("group_key", key.type());
  }

  /** The aggregation over {@code input}; to be asked for when all expressions have been lifted. */
  Relation relation(Relation input) {
    boolean plain = keys.keySet().stream().allMatch(Expression.Reference.class::isInstance);
    Relation below = plain ? input : project(input);
    return new Relation.Aggregate(below, List.copyOf(keys.values()), calls);
  }

  /** Everything that comes in, and the keys that are computed. */
  private Relation project(Relation input) {
    List<Relation.Assignment> assignments = new ArrayList<>();
    for (Variable variable : input.output()) {
      assignments.add(new Relation.Assignment(variable, new Expression.Reference(variable)));
    }
    keys.forEach((key, variable) -> {
      if (!(key instanceof Expression.Reference)) {
        assignments.add(new Relation.Assignment(variable, key));
      }
    });
    return new Relation.Project(input, assignments);
  }

  /** {@code expression} over the output of the aggregation. */
  Expression lift(Expression expression) {
    Variable key = keys.get(expression);
    if (key != null) {
      return new Expression.Reference(key);
    }
    return switch (expression) {
      case Expression.Reference reference -> column(reference);
      case Expression.Literal literal -> literal;
      case Expression.Parameter parameter -> parameter;
      case Expression.Call call -> new Expression.Call(call.function(), lift(call.arguments()));
      case Expression.Cast cast -> cast.over(lift(cast.operand()));
      case Expression.Compare compare ->
          new Expression.Compare(compare.comparison(), lift(compare.left()), lift(compare.right()));
      case Expression.And and -> new Expression.And(lift(and.operands()));
      case Expression.Or or -> new Expression.Or(lift(or.operands()));
      case Expression.Not not -> new Expression.Not(lift(not.operand()));
      case Expression.IsNull test -> new Expression.IsNull(lift(test.operand()));
      case Expression.In in -> new Expression.In(lift(in.operand()), lift(in.items()));
      case Expression.Case choice -> choice(choice);
      case Expression.Coalesce coalesce ->
          new Expression.Coalesce(lift(coalesce.arguments()), coalesce.type());
    };
  }

  private List<Expression> lift(List<Expression> expressions) {
    List<Expression> lifted = new ArrayList<>(expressions.size());
    expressions.forEach(expression -> lifted.add(lift(expression)));
    return lifted;
  }

  private Expression choice(Expression.Case choice) {
    List<Expression.When> whens = new ArrayList<>(choice.whens().size());
    for (Expression.When when : choice.whens()) {
      whens.add(new Expression.When(lift(when.condition()), lift(when.result())));
    }
    return new Expression.Case(whens, choice.otherwise().map(this::lift), choice.type());
  }

  private Expression column(Expression.Reference reference) {
    Variable variable = reference.variable();
    if (results.contains(variable)) {
      return reference;
    }
    Optional<ScopeTable> owner =
        scope.tables().stream().filter(table -> table.variables().contains(variable)).findFirst();
    if (owner.isPresent() && isGroupedByKey(owner.get())) {
      keys.put(reference, variable);
      return reference;
    }
    String name = owner.map(table -> table.alias() + ".").orElse("") + variable.name();
    throw new DistDbException(
            ErrorCode.GROUPING_ERROR,
            "column \""
                + name
                + "\" must appear in the GROUP BY clause or be used in an aggregate function")
        .at(context.spanOf(reference).position());
  }

  private boolean isGroupedByKey(ScopeTable owner) {
    Table table = owner.table();
    return !table.primaryKey().isEmpty()
        && table.primaryKey().stream()
            .allMatch(ordinal ->
                keys.containsKey(new Expression.Reference(owner.variables().get(ordinal))));
  }
}
