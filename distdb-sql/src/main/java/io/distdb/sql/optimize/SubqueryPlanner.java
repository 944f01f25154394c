// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.AnySubquery;
import io.distdb.sql.logical.Expression.Comparison;
import io.distdb.sql.logical.Expression.Correlation;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relations;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.plan.Subplan;
import io.distdb.sql.plan.Subplan.Form;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Plans the subqueries that rules left in expressions.
 *
 * <pre>
 * Filter (a &lt; (query over o))      Filter (a &lt; Subplan 1 (o))
 *   input (a, o)                =>     input (a, o)
 * </pre>
 *
 * Each becomes a plan in which the variables of the row around are {@link Correlation}s, values
 * that a run finds in slots. One planner serves a statement, so that ids and slots are its own.
 */
final class SubqueryPlanner {
  private final PhysicalPlanner planner;
  private final Map<Relation, Scalar> scalars = new HashMap<>();
  private int subplans;
  private int slots;

  /** A scalar subplan that several expressions share, each with a field of its row. */
  private record Scalar(Subplan plan, List<Expression> arguments) {}

  SubqueryPlanner(PhysicalPlanner planner) {
    this.planner = planner;
  }

  /** The same tree with plans for all subqueries but those right of an {@link Relation.Apply}. */
  Relation plan(Relation relation) {
    Relation below =
        relation instanceof Relation.Apply apply
            ? new Relation.Apply(apply.kind(), plan(apply.left()), apply.right(), apply.condition())
            : Relations.mapInputs(relation, this::plan);
    return Relations.mapExpressions(below, this::plan);
  }

  Expression plan(Expression expression) {
    return switch (expression) {
      case Expression.Exists exists -> exists(exists);
      case Expression.ScalarSubquery scalar -> scalar(scalar);
      case AnySubquery any -> any(any);
      case Expression.ArraySubquery array ->
          subplan(Form.ARRAY, array.relation(), array.outer(), array);
      default ->
          Expressions.operands(expression).isEmpty()
              ? expression
              : Expressions.map(expression, this::plan);
    };
  }

  /** A slot for each variable. */
  Map<Variable, Correlation> bind(Collection<Variable> variables) {
    Map<Variable, Correlation> bound = new LinkedHashMap<>();
    variables.forEach(variable -> bound.put(variable, new Correlation(slots++, variable)));
    return bound;
  }

  private Expression exists(Expression.Exists exists) {
    Relation rows =
        exists.relation() instanceof Relation.Project project ? project.input() : exists.relation();
    Relation none = new Relation.Project(rows, List.of());
    return subplan(Form.EXISTS, none, exists.outer(), exists);
  }

  private Expression scalar(Expression.ScalarSubquery scalar) {
    Scalar known = scalars.get(scalar.relation());
    if (known == null) {
      Expression.Subplan made = subplan(Form.SCALAR, scalar.relation(), scalar.outer(), scalar);
      known = new Scalar((Subplan) made.plan(), made.arguments());
      scalars.put(scalar.relation(), known);
    }
    return new Expression.Subplan(known.plan(), known.arguments(), scalar.field(), scalar.type());
  }

  /** Looked up in a hash table where it is equality, else the condition is asked row by row. */
  private Expression any(AnySubquery any) {
    Optional<List<Comparand>> keys = keys(any);
    if (keys.isPresent()) {
      return hashed(any, keys.get());
    }
    Variable condition = new Variable(-1, "condition", any.condition().type());
    Relation asked =
        new Relation.Project(
            any.relation(), List.of(new Relation.Assignment(condition, any.condition())));
    return subplan(Form.ANY, asked, any.outer(), any);
  }

  /** {@code operand = key}, the operand of the row around, the key of the subquery's row. */
  private record Comparand(Expression operand, Expression key) {}

  private static Optional<List<Comparand>> keys(AnySubquery any) {
    List<Comparand> keys = new ArrayList<>();
    for (Expression conjunct : Expressions.conjuncts(any.condition())) {
      if (!(conjunct instanceof Expression.Compare compare)
          || compare.comparison() != Comparison.EQUAL
          || !isAround(compare.left(), any.relation())
          || !any.relation().output().containsAll(Expressions.references(compare.right()))) {
        return Optional.empty();
      }
      keys.add(new Comparand(compare.left(), compare.right()));
    }
    return Optional.of(keys);
  }

  private static boolean isAround(Expression expression, Relation relation) {
    return Collections.disjoint(Expressions.references(expression), relation.output());
  }

  private Expression hashed(AnySubquery any, List<Comparand> keys) {
    List<Relation.Assignment> columns = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      Expression key = keys.get(i).key();
      columns.add(new Relation.Assignment(new Variable(-1 - i, "key", key.type()), key));
    }
    Relation asked = new Relation.Project(any.relation(), columns);
    Expression.Subplan made = subplan(Form.HASHED_ANY, asked, Relations.outer(any.relation()), any);
    List<Expression> arguments = new ArrayList<>(made.arguments());
    keys.forEach(key -> arguments.add(plan(key.operand())));
    return new Expression.Subplan(made.plan(), arguments, 0, any.type());
  }

  private Expression.Subplan subplan(
      Form form, Relation relation, Collection<Variable> outer, Expression.Subquery subquery) {
    Map<Variable, Correlation> bound = bind(outer);
    Relation closed = Relations.substitute(relation, bound);
    List<Integer> own = bound.values().stream().map(Correlation::slot).toList();
    TreeSet<Integer> inherited = new TreeSet<>();
    CorrelationSlots.collect(closed, inherited);
    own.forEach(inherited::remove);
    int id = subplans++;
    PhysicalPlan plan = planner.plan(closed);
    Subplan made =
        new Subplan(
            id,
            form,
            own,
            List.copyOf(inherited),
            !own.isEmpty() && Relations.isVolatile(relation),
            CorrelationSlots.readsCommonTables(closed),
            plan);
    List<Expression> arguments = new ArrayList<>();
    outer.forEach(variable -> arguments.add(new Expression.Reference(variable)));
    return new Expression.Subplan(made, arguments, 0, subquery.type());
  }
}
