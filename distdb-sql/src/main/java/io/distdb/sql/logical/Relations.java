// SPDX-License-Identifier: MIT
package io.distdb.sql.logical;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The same relation with other inputs or expressions. */
public final class Relations {
  private Relations() {}

  /** Applies {@code change} to the direct inputs; the same object when none changed. */
  public static Relation mapInputs(Relation relation, UnaryOperator<Relation> change) {
    return switch (relation) {
      case Relation.Scan scan -> scan;
      case Relation.Values values -> values;
      case Relation.Filter filter -> {
        Relation input = change.apply(filter.input());
        yield input == filter.input() ? filter : new Relation.Filter(input, filter.predicate());
      }
      case Relation.Project project -> {
        Relation input = change.apply(project.input());
        yield input == project.input()
            ? project
            : new Relation.Project(input, project.assignments());
      }
      case Relation.Join join -> {
        Relation left = change.apply(join.left());
        Relation right = change.apply(join.right());
        yield left == join.left() && right == join.right()
            ? join
            : new Relation.Join(join.kind(), left, right, join.condition());
      }
      case Relation.Apply apply -> {
        Relation left = change.apply(apply.left());
        Relation right = change.apply(apply.right());
        yield left == apply.left() && right == apply.right()
            ? apply
            : new Relation.Apply(apply.kind(), left, right, apply.condition());
      }
      case Relation.Aggregate aggregate -> {
        Relation input = change.apply(aggregate.input());
        yield input == aggregate.input()
            ? aggregate
            : new Relation.Aggregate(input, aggregate.keys(), aggregate.calls());
      }
      case Relation.Distinct distinct -> {
        Relation input = change.apply(distinct.input());
        yield input == distinct.input() ? distinct : new Relation.Distinct(input);
      }
      case Relation.Sort sort -> {
        Relation input = change.apply(sort.input());
        yield input == sort.input() ? sort : new Relation.Sort(input, sort.keys());
      }
      case Relation.Limit limit -> {
        Relation input = change.apply(limit.input());
        yield input == limit.input()
            ? limit
            : new Relation.Limit(input, limit.limit(), limit.offset(), limit.ties());
      }
      case Relation.GroupingSets sets -> {
        Relation input = change.apply(sets.input());
        yield input == sets.input()
            ? sets
            : new Relation.GroupingSets(
                input, sets.keys(), sets.sets(), sets.groupings(), sets.calls());
      }
      case Relation.Window window -> {
        Relation input = change.apply(window.input());
        yield input == window.input()
            ? window
            : new Relation.Window(input, window.partition(), window.order(), window.calls());
      }
      case Relation.DistinctOn distinct -> {
        Relation input = change.apply(distinct.input());
        yield input == distinct.input()
            ? distinct
            : new Relation.DistinctOn(input, distinct.keys());
      }
      case Relation.Union union -> {
        List<Relation> inputs = union.inputs().stream().map(change).toList();
        yield same(inputs, union.inputs())
            ? union
            : new Relation.Union(inputs, union.columns(), union.output());
      }
      case Relation.SetOperation set -> {
        Relation left = change.apply(set.left());
        Relation right = change.apply(set.right());
        yield left == set.left() && right == set.right()
            ? set
            : new Relation.SetOperation(
                set.kind(),
                set.all(),
                left,
                set.leftColumns(),
                right,
                set.rightColumns(),
                set.output());
      }
      case Relation.With with -> with(with, change);
      case Relation.CommonTableScan scan -> scan;
      case Relation.FunctionRows rows -> rows;
      case Relation.LiveRows rows -> rows;
      case Relation.LockRows lock -> {
        Relation input = change.apply(lock.input());
        yield input == lock.input()
            ? lock
            : new Relation.LockRows(input, lock.targets(), lock.recheck());
      }
      case Relation.RecursiveUnion union -> {
        Relation base = change.apply(union.base());
        Relation step = change.apply(union.step());
        yield base == union.base() && step == union.step()
            ? union
            : new Relation.RecursiveUnion(
                union.id(),
                union.distinct(),
                base,
                union.baseColumns(),
                step,
                union.stepColumns(),
                union.output());
      }
    };
  }

  private static Relation with(Relation.With with, UnaryOperator<Relation> change) {
    List<Relation> before = with.tables().stream().map(Relation.CommonTable::definition).toList();
    List<Relation> after = before.stream().map(change).toList();
    Relation body = change.apply(with.body());
    if (same(before, after) && body == with.body()) {
      return with;
    }
    List<Relation.CommonTable> tables = new ArrayList<>(after.size());
    for (int i = 0; i < after.size(); i++) {
      Relation.CommonTable table = with.tables().get(i);
      tables.add(
          new Relation.CommonTable(
              table.id(), table.name(), table.materialized(), after.get(i), table.columns()));
    }
    return new Relation.With(tables, body);
  }

  private static boolean same(List<Relation> left, List<Relation> right) {
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i) != right.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** The direct inputs, in order. */
  public static List<Relation> inputs(Relation relation) {
    List<Relation> inputs = new ArrayList<>();
    mapInputs(
        relation,
        input -> {
          inputs.add(input);
          return input;
        });
    return inputs;
  }

  /** Applies {@code change} to the node's own expressions; the same object when none changed. */
  public static Relation mapExpressions(Relation relation, UnaryOperator<Expression> change) {
    Relation changed =
        switch (relation) {
          case Relation.Scan scan -> scan;
          case Relation.Values values ->
              new Relation.Values(
                  values.output(), values.rows().stream().map(row -> mapAll(row, change)).toList());
          case Relation.Filter filter ->
              new Relation.Filter(filter.input(), change.apply(filter.predicate()));
          case Relation.Project project ->
              new Relation.Project(
                  project.input(),
                  project.assignments().stream()
                      .map(a -> new Relation.Assignment(a.variable(), change.apply(a.expression())))
                      .toList());
          case Relation.Join join ->
              new Relation.Join(
                  join.kind(), join.left(), join.right(), join.condition().map(change));
          case Relation.Apply apply ->
              new Relation.Apply(
                  apply.kind(), apply.left(), apply.right(), apply.condition().map(change));
          case Relation.Aggregate aggregate ->
              new Relation.Aggregate(
                  aggregate.input(),
                  aggregate.keys(),
                  aggregate.calls().stream().map(call -> mapCall(call, change)).toList());
          case Relation.Distinct distinct -> distinct;
          case Relation.Sort sort -> sort;
          case Relation.Limit limit ->
              new Relation.Limit(
                  limit.input(),
                  limit.limit().map(change),
                  limit.offset().map(change),
                  limit.ties());
          case Relation.GroupingSets sets ->
              new Relation.GroupingSets(
                  sets.input(),
                  sets.keys(),
                  sets.sets(),
                  sets.groupings(),
                  sets.calls().stream().map(call -> mapCall(call, change)).toList());
          case Relation.Window window ->
              new Relation.Window(
                  window.input(),
                  window.partition(),
                  window.order(),
                  window.calls().stream().map(call -> mapCall(call, change)).toList());
          case Relation.DistinctOn distinct -> distinct;
          case Relation.Union union -> union;
          case Relation.SetOperation set -> set;
          case Relation.With with -> with;
          case Relation.CommonTableScan scan -> scan;
          case Relation.LiveRows rows -> rows;
          case Relation.LockRows lock ->
              new Relation.LockRows(lock.input(), lock.targets(), lock.recheck().map(change));
          case Relation.FunctionRows rows ->
              new Relation.FunctionRows(
                  rows.calls().stream()
                      .map(call ->
                          new Relation.SeriesCall(
                              call.function(), mapAll(call.arguments(), change)))
                      .toList(),
                  rows.ordinality(),
                  rows.output());
          case Relation.RecursiveUnion union -> union;
        };
    return changed.equals(relation) ? relation : changed;
  }

  /** The node's own expressions, in order. */
  public static List<Expression> expressions(Relation relation) {
    List<Expression> expressions = new ArrayList<>();
    mapExpressions(
        relation,
        expression -> {
          expressions.add(expression);
          return expression;
        });
    return expressions;
  }

  /** The variables that it refers to and does not produce: of the queries around it. */
  public static Set<Variable> outer(Relation relation) {
    Set<Variable> found = new LinkedHashSet<>();
    Set<Variable> bound = new HashSet<>();
    for (Relation input : inputs(relation)) {
      found.addAll(outer(input));
      bound.addAll(input.output());
    }
    if (relation instanceof Relation.Apply apply) {
      found.removeAll(apply.left().output());
    }
    for (Expression expression : expressions(relation)) {
      for (Variable variable : Expressions.references(expression)) {
        if (!bound.contains(variable)) {
          found.add(variable);
        }
      }
    }
    return found;
  }

  /** Whether it may have other rows each time, though the data stay. */
  public static boolean isVolatile(Relation relation) {
    return expressions(relation).stream().anyMatch(Expressions::isVolatile)
        || inputs(relation).stream().anyMatch(Relations::isVolatile);
  }

  /** The same relation with expressions for variables of the queries around it. */
  public static Relation substitute(
      Relation relation, Map<Variable, ? extends Expression> replacements) {
    Relation below = mapInputs(relation, input -> substitute(input, replacements));
    return mapExpressions(below, e -> Expressions.substitute(e, replacements));
  }

  private static Relation.AggregateCall mapCall(
      Relation.AggregateCall call, UnaryOperator<Expression> change) {
    return new Relation.AggregateCall(
        call.variable(),
        call.function(),
        mapAll(call.arguments(), change),
        call.distinct(),
        call.filter().map(change),
        call.order().stream()
            .map(key ->
                new Relation.Ordered(
                    change.apply(key.expression()), key.descending(), key.nullsFirst()))
            .toList());
  }

  private static Relation.WindowCall mapCall(
      Relation.WindowCall call, UnaryOperator<Expression> change) {
    Relation.Frame frame = call.frame();
    return new Relation.WindowCall(
        call.variable(),
        call.function(),
        mapAll(call.arguments(), change),
        call.filter().map(change),
        new Relation.Frame(
            frame.unit(),
            mapBound(frame.start(), change),
            mapBound(frame.end(), change),
            frame.exclusion()));
  }

  private static Relation.Bound mapBound(Relation.Bound bound, UnaryOperator<Expression> change) {
    return new Relation.Bound(
        bound.kind(),
        bound.offset().map(change),
        bound
            .range()
            .map(range ->
                new Relation.RangeLimit(change.apply(range.key()), range.limit().map(change))));
  }

  /** Every expression of an aggregate call. */
  public static List<Expression> expressions(Relation.AggregateCall call) {
    List<Expression> all = new ArrayList<>(call.arguments());
    call.filter().ifPresent(all::add);
    call.order().forEach(key -> all.add(key.expression()));
    return all;
  }

  /** Every expression of a window call. */
  public static List<Expression> expressions(Relation.WindowCall call) {
    List<Expression> all = new ArrayList<>(call.arguments());
    call.filter().ifPresent(all::add);
    all.addAll(call.frame().expressions());
    return all;
  }

  private static List<Expression> mapAll(
      List<Expression> expressions, UnaryOperator<Expression> change) {
    return expressions.stream().map(change).toList();
  }
}
