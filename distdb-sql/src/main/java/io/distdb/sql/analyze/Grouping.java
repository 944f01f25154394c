// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Subqueries;
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
  private static final Variable NONE = new Variable(-1, "", SqlType.BOOLEAN);

  private final StatementContext context;
  private final Scope scope;
  private final GroupSets sets;
  private final List<Relation.AggregateCall> calls;
  private final List<AggregateCollector.GroupingRequest> groupings;
  private final Set<Variable> results = new HashSet<>();

  /** What FROM gives; every other variable is of a query around, or within a subquery. */
  private final Set<Variable> own;

  private final Map<Expression, Variable> keys = new LinkedHashMap<>();

  /**
   * @param windows variables of window calls, which are computed above
   */
  Grouping(
      StatementContext context,
      Scope scope,
      List<Variable> own,
      GroupSets sets,
      AggregateCollector aggregates,
      List<Variable> windows) {
    this.context = context;
    this.own = new HashSet<>(own);
    this.scope = scope;
    this.sets = sets;
    this.calls = aggregates.calls();
    this.groupings = aggregates.groupings();
    calls.forEach(call -> results.add(call.variable()));
    groupings.forEach(grouping -> results.add(grouping.variable()));
    results.addAll(windows);
    for (Expression key : sets.keys()) {
      keys.put(key, variableOf(key));
    }
  }

  private Variable variableOf(Expression key) {
    return key instanceof Expression.Reference reference && own.contains(reference.variable())
        ? reference.variable()
        : context.newVariable("group_key", key.type());
  }

  /** The aggregation over {@code input}; to be asked for when all expressions have been lifted. */
  Relation relation(Relation input) {
    boolean plain = own.containsAll(keys.values());
    Relation below = plain ? input : project(input);
    List<Variable> variables = List.copyOf(keys.values());
    return isPlain()
        ? new Relation.Aggregate(below, variables, calls)
        : new Relation.GroupingSets(below, variables, sets.sets(), groupingCalls(), calls);
  }

  /** One set of all keys, and nobody asks which they are. */
  private boolean isPlain() {
    return sets.sets().size() == 1
        && sets.sets().getFirst().size() == sets.keys().size()
        && groupings.isEmpty();
  }

  private List<Relation.GroupingCall> groupingCalls() {
    List<Relation.GroupingCall> requests = new ArrayList<>();
    for (AggregateCollector.GroupingRequest grouping : groupings) {
      List<Integer> positions = new ArrayList<>();
      for (Expression argument : grouping.arguments()) {
        int position = sets.keys().indexOf(argument);
        if (position < 0) {
          throw new DistDbException(
                  ErrorCode.GROUPING_ERROR,
                  "arguments to GROUPING must be grouping expressions of the associated query"
                      + " level")
              .at(grouping.span().position());
        }
        positions.add(position);
      }
      requests.add(new Relation.GroupingCall(grouping.variable(), positions));
    }
    return requests;
  }

  /** Everything that comes in, and the keys that are computed. */
  private Relation project(Relation input) {
    List<Relation.Assignment> assignments = new ArrayList<>();
    for (Variable variable : input.output()) {
      assignments.add(new Relation.Assignment(variable, new Expression.Reference(variable)));
    }
    keys.forEach((key, variable) -> {
      if (!own.contains(variable)) {
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
      case Expression.Subquery subquery -> subquery(subquery);
      case Expression.Correlation correlation -> correlation;
      case Expression.Subplan subplan -> subplan;
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

  /** What a subquery refers to must be there above the aggregation; computed keys are not. */
  private Expression subquery(Expression.Subquery subquery) {
    List<Variable> within = new ArrayList<>(subquery.outer());
    Expression lifted = subquery;
    if (subquery instanceof Expression.AnySubquery any) {
      within.retainAll(io.distdb.sql.logical.Relations.outer(any.relation()));
      lifted = Subqueries.any(any.relation(), lift(any.condition()));
    }
    for (Variable variable : within) {
      if (!isThere(new Expression.Reference(variable))) {
        throw new DistDbException(
            ErrorCode.GROUPING_ERROR,
            "subquery uses ungrouped column \""
                + name(variable, owner(variable))
                + "\" from outer query");
      }
    }
    return lifted;
  }

  private Optional<ScopeTable> owner(Variable variable) {
    return scope.tables().stream()
        .filter(table -> table.variables().contains(variable))
        .findFirst();
  }

  private static String name(Variable variable, Optional<ScopeTable> owner) {
    return owner.map(table -> table.alias() + ".").orElse("") + variable.name();
  }

  /** Whether the aggregation has the column among its results, made a key if it must be. */
  private boolean isThere(Expression.Reference reference) {
    Variable variable = reference.variable();
    if (results.contains(variable)
        || !own.contains(variable)
        || keys.getOrDefault(reference, NONE).equals(variable)) {
      return true;
    }
    Optional<ScopeTable> owner = owner(variable);
    if (owner.isPresent() && isGroupedByKey(owner.get())) {
      keys.put(reference, variable);
      return true;
    }
    return false;
  }

  private Expression column(Expression.Reference reference) {
    Variable variable = reference.variable();
    if (isThere(reference)) {
      return reference;
    }
    String name = name(variable, owner(variable));
    throw new DistDbException(
            ErrorCode.GROUPING_ERROR,
            "column \""
                + name
                + "\" must appear in the GROUP BY clause or be used in an aggregate function")
        .at(context.spanOf(reference).position());
  }

  private boolean isGroupedByKey(ScopeTable owner) {
    if (owner.table().isEmpty() || !isPlain()) {
      return false;
    }
    Table table = owner.table().get();
    return !table.primaryKey().isEmpty()
        && table.primaryKey().stream()
            .allMatch(ordinal ->
                keys.containsKey(new Expression.Reference(owner.variables().get(ordinal))));
  }
}
