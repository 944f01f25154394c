// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relations;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads and computes only what is used above, and what may have effects. Works on the whole tree,
 * from the top.
 *
 * <pre>
 * Project (a := a)             Project (a := a)
 *   Filter (b = 1)        =>     Filter (b = 1)
 *     Scan t (a, b, c, d)          Scan t (a, b)
 * </pre>
 */
public final class PruneColumns implements Rule {
  /** Keeps all columns of {@code relation} itself. */
  @Override
  public Relation apply(Relation relation) {
    return prune(relation, new HashSet<>(relation.output()));
  }

  private static Relation prune(Relation relation, Set<Variable> used) {
    return switch (relation) {
      case Relation.Scan scan -> scan(scan, used);
      case Relation.Values values -> values;
      case Relation.Filter filter ->
          new Relation.Filter(
              prune(filter.input(), with(used, filter.predicate())), filter.predicate());
      case Relation.Project project -> project(project, used);
      case Relation.Join join -> {
        Set<Variable> needed = new HashSet<>(used);
        join.condition().ifPresent(e -> needed.addAll(Expressions.references(e)));
        yield new Relation.Join(
            join.kind(), prune(join.left(), needed), prune(join.right(), needed), join.condition());
      }
      case Relation.Apply apply -> {
        Set<Variable> needed = new HashSet<>(used);
        apply.condition().ifPresent(e -> needed.addAll(Expressions.references(e)));
        needed.addAll(Relations.outer(apply.right()));
        yield new Relation.Apply(
            apply.kind(),
            prune(apply.left(), needed),
            prune(apply.right(), needed),
            apply.condition());
      }
      case Relation.Aggregate aggregate -> aggregate(aggregate, used);
      case Relation.Distinct distinct ->
          new Relation.Distinct(prune(distinct.input(), new HashSet<>(distinct.input().output())));
      case Relation.Sort sort ->
          new Relation.Sort(prune(sort.input(), withKeys(used, sort.keys())), sort.keys());
      case Relation.Limit limit ->
          new Relation.Limit(
              prune(limit.input(), withKeys(used, limit.ties())),
              limit.limit(),
              limit.offset(),
              limit.ties());
      case Relation.GroupingSets sets -> groupingSets(sets, used);
      case Relation.Window window -> window(window, used);
      case Relation.DistinctOn distinct -> {
        Set<Variable> needed = new HashSet<>(used);
        needed.addAll(distinct.keys());
        yield new Relation.DistinctOn(prune(distinct.input(), needed), distinct.keys());
      }
      case Relation.Union union -> PruneSetOperations.union(union, used, PruneColumns::prune);
      case Relation.SetOperation set -> PruneSetOperations.set(set, PruneColumns::prune);
      case Relation.With with -> PruneSetOperations.with(with, used, PruneColumns::prune);
      case Relation.FunctionRows rows -> rows;
      case Relation.LiveRows rows -> rows;
      case Relation.LockRows lock -> lock(lock, used);
      case Relation.CommonTableScan scan -> PruneSetOperations.scan(scan, used);
      case Relation.RecursiveUnion union ->
          PruneSetOperations.recursive(union, PruneColumns::prune);
    };
  }

  private static Set<Variable> withKeys(Set<Variable> used, List<Relation.SortKey> keys) {
    Set<Variable> needed = new HashSet<>(used);
    keys.forEach(key -> needed.add(key.variable()));
    return needed;
  }

  private static Set<Variable> with(Set<Variable> used, Expression expression) {
    Set<Variable> needed = new HashSet<>(used);
    needed.addAll(Expressions.references(expression));
    return needed;
  }

  private static Relation scan(Relation.Scan scan, Set<Variable> used) {
    List<Variable> output = new ArrayList<>();
    List<Integer> ordinals = new ArrayList<>();
    for (int i = 0; i < scan.output().size(); i++) {
      if (used.contains(scan.output().get(i))) {
        output.add(scan.output().get(i));
        ordinals.add(scan.ordinals().get(i));
      }
    }
    return new Relation.Scan(scan.table(), scan.alias(), output, ordinals);
  }

  private static Relation project(Relation.Project project, Set<Variable> used) {
    List<Relation.Assignment> kept = new ArrayList<>();
    Set<Variable> needed = new HashSet<>();
    for (Relation.Assignment assignment : project.assignments()) {
      if (used.contains(assignment.variable()) || Expressions.isVolatile(assignment.expression())) {
        kept.add(assignment);
        needed.addAll(Expressions.references(assignment.expression()));
      }
    }
    return new Relation.Project(prune(project.input(), needed), kept);
  }

  private static Relation aggregate(Relation.Aggregate aggregate, Set<Variable> used) {
    List<Relation.AggregateCall> kept = new ArrayList<>();
    Set<Variable> needed = new HashSet<>(aggregate.keys());
    for (Relation.AggregateCall call : aggregate.calls()) {
      if (used.contains(call.variable())) {
        kept.add(call);
        Relations.expressions(call).forEach(e -> needed.addAll(Expressions.references(e)));
      }
    }
    return new Relation.Aggregate(prune(aggregate.input(), needed), aggregate.keys(), kept);
  }

  private static Relation groupingSets(Relation.GroupingSets sets, Set<Variable> used) {
    List<Relation.AggregateCall> kept = new ArrayList<>();
    Set<Variable> needed = new HashSet<>(sets.keys());
    for (Relation.AggregateCall call : sets.calls()) {
      if (used.contains(call.variable())) {
        kept.add(call);
        Relations.expressions(call).forEach(e -> needed.addAll(Expressions.references(e)));
      }
    }
    return new Relation.GroupingSets(
        prune(sets.input(), needed), sets.keys(), sets.sets(), sets.groupings(), kept);
  }

  private static Relation window(Relation.Window window, Set<Variable> used) {
    List<Relation.WindowCall> kept = new ArrayList<>();
    Set<Variable> needed = new HashSet<>(used);
    for (Relation.WindowCall call : window.calls()) {
      needed.remove(call.variable());
      if (used.contains(call.variable())) {
        kept.add(call);
        Relations.expressions(call).forEach(e -> needed.addAll(Expressions.references(e)));
      }
    }
    if (kept.isEmpty()) {
      return prune(window.input(), needed);
    }
    needed.addAll(window.partition());
    window.order().forEach(key -> needed.add(key.variable()));
    return new Relation.Window(
        prune(window.input(), needed), window.partition(), window.order(), kept);
  }

  private static Relation lock(Relation.LockRows lock, Set<Variable> used) {
    Set<Variable> needed = new HashSet<>(used);
    lock.recheck().ifPresent(e -> needed.addAll(Expressions.references(e)));
    lock.targets().forEach(target -> needed.addAll(target.key()));
    List<Relation.LockTarget> targets = new ArrayList<>();
    for (Relation.LockTarget target : lock.targets()) {
      List<Variable> columns = new ArrayList<>();
      List<Integer> ordinals = new ArrayList<>();
      for (int i = 0; i < target.columns().size(); i++) {
        if (needed.contains(target.columns().get(i))) {
          columns.add(target.columns().get(i));
          ordinals.add(target.ordinals().get(i));
        }
      }
      targets.add(
          new Relation.LockTarget(
              target.table(),
              target.clause(),
              target.key(),
              columns,
              ordinals,
              target.strength(),
              target.policy()));
    }
    return new Relation.LockRows(prune(lock.input(), needed), targets, lock.recheck());
  }
}
