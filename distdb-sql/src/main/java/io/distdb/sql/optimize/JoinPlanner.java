// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.AccessPath;
import io.distdb.sql.plan.Estimate;
import io.distdb.sql.plan.JoinType;
import io.distdb.sql.plan.PhysicalPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Orders inner joins greedily and chooses how each is done.
 *
 * <pre>
 * Join (a.x = b.x)               Hash Join (b.y = c.y)
 *   Join (b.y = c.y)               Nested Loop
 *     b                       =>     a
 *     c                              Index Scan on b (x = a.x)
 *   a                              c
 * </pre>
 *
 * It starts with the relation of the fewest rows, then always adds the one whose join costs least;
 * relations without a condition to what is joined already come last. Other joins are relations to
 * it, and stay where they are.
 */
final class JoinPlanner {
  static final double HASH_BUILD = 1.5;
  static final double HASH_PROBE = 1;
  static final double PAIR = 0.5;

  /** Opening a cursor for each outer row. */
  private static final double SEEK = 2;

  private final PhysicalPlanner planner;
  private final ChooseAccessPath accessPaths;
  private final List<Leaf> leaves = new ArrayList<>();
  private final List<Expression> conjuncts = new ArrayList<>();

  /** A relation that is joined, with its plan on its own. */
  private record Leaf(Relation relation, PhysicalPlan plan) {}

  JoinPlanner(PhysicalPlanner planner, ChooseAccessPath accessPaths) {
    this.planner = planner;
    this.accessPaths = accessPaths;
  }

  PhysicalPlan plan(Relation.Join join) {
    flatten(join);
    List<Leaf> left = new ArrayList<>(leaves);
    Leaf first = left.get(0);
    for (Leaf leaf : left) {
      if (leaf.plan().estimate().rows() < first.plan().estimate().rows()) {
        first = leaf;
      }
    }
    left.remove(first);
    PhysicalPlan joined = first.plan();
    while (!left.isEmpty()) {
      joined = addCheapest(joined, left);
    }
    return joined;
  }

  private void flatten(Relation relation) {
    if (relation instanceof Relation.Join join && join.kind().isInner()) {
      flatten(join.left());
      flatten(join.right());
      join.condition().ifPresent(e -> conjuncts.addAll(Expressions.conjuncts(e)));
    } else {
      leaves.add(new Leaf(relation, planner.plan(relation, Request.ALL).plan()));
    }
  }

  /** Joins the best of {@code left}, which loses it. */
  private PhysicalPlan addCheapest(PhysicalPlan joined, List<Leaf> left) {
    PhysicalPlan best = null;
    Leaf bestLeaf = null;
    boolean bestConnected = false;
    for (Leaf leaf : left) {
      List<Expression> applicable = applicable(joined, leaf);
      boolean connected = !applicable.isEmpty();
      if (bestConnected && !connected) {
        continue;
      }
      PhysicalPlan candidate = cheapest(joined, leaf, applicable);
      if (best == null
          || connected && !bestConnected
          || candidate.estimate().cost() < best.estimate().cost()) {
        best = candidate;
        bestLeaf = leaf;
        bestConnected = connected;
      }
    }
    left.remove(bestLeaf);
    conjuncts.removeAll(applicable(joined, bestLeaf));
    return best;
  }

  private List<Expression> applicable(PhysicalPlan joined, Leaf leaf) {
    Set<Variable> available = new HashSet<>(joined.output());
    available.addAll(leaf.plan().output());
    return conjuncts.stream()
        .filter(e -> available.containsAll(Expressions.references(e)))
        .toList();
  }

  private PhysicalPlan cheapest(PhysicalPlan joined, Leaf leaf, List<Expression> applicable) {
    EquiKeys keys = EquiKeys.of(applicable, joined.output(), leaf.plan().output());
    double rows = joinedRows(joined, leaf, applicable, keys);
    PhysicalPlan best = nestedLoop(joined, leaf, applicable, rows);
    if (!keys.left().isEmpty()) {
      PhysicalPlan hash = hashJoin(joined, leaf, keys, rows);
      best = cheaper(hash, best);
      Optional<PhysicalPlan> index = indexJoin(joined, leaf, applicable, rows);
      best = index.isPresent() ? cheaper(index.get(), best) : best;
    }
    return best;
  }

  private static PhysicalPlan cheaper(PhysicalPlan one, PhysicalPlan other) {
    return one.estimate().cost() <= other.estimate().cost() ? one : other;
  }

  private static double joinedRows(
      PhysicalPlan joined, Leaf leaf, List<Expression> applicable, EquiKeys keys) {
    double left = joined.estimate().rows();
    double right = leaf.plan().estimate().rows();
    if (keys.left().isEmpty()) {
      return Math.max(1, left * right * Selectivity.of(applicable));
    }
    return Math.max(left, right);
  }

  private static PhysicalPlan hashJoin(PhysicalPlan joined, Leaf leaf, EquiKeys keys, double rows) {
    PhysicalPlan other = leaf.plan();
    boolean buildOther = other.estimate().rows() <= joined.estimate().rows();
    PhysicalPlan build = buildOther ? other : joined;
    PhysicalPlan probe = buildOther ? joined : other;
    double cost =
        joined.estimate().cost()
            + other.estimate().cost()
            + HASH_BUILD * build.estimate().rows()
            + HASH_PROBE * probe.estimate().rows();
    return new PhysicalPlan.HashJoin(
        JoinType.INNER,
        probe,
        build,
        buildOther ? keys.left() : keys.right(),
        buildOther ? keys.right() : keys.left(),
        Expressions.conjunction(keys.rest()),
        new Estimate(rows, cost));
  }

  private static PhysicalPlan nestedLoop(
      PhysicalPlan joined, Leaf leaf, List<Expression> applicable, double rows) {
    double pairs = joined.estimate().rows() * leaf.plan().estimate().rows();
    double cost =
        joined.estimate().cost() + leaf.plan().estimate().cost() + PAIR * Math.max(1, pairs);
    return new PhysicalPlan.NestedLoopJoin(
        JoinType.INNER,
        joined,
        leaf.plan(),
        Expressions.conjunction(applicable),
        new Estimate(rows, cost));
  }

  private Optional<PhysicalPlan> indexJoin(
      PhysicalPlan joined, Leaf leaf, List<Expression> applicable, double rows) {
    return indexJoin(accessPaths, JoinType.INNER, joined, leaf.relation(), applicable, rows);
  }

  /** Reads {@code relation} by a key made of the outer row, if it is a table with such a key. */
  static Optional<PhysicalPlan> indexJoin(
      ChooseAccessPath accessPaths,
      JoinType type,
      PhysicalPlan outer,
      Relation relation,
      List<Expression> condition,
      double rows) {
    List<Expression> all = new ArrayList<>();
    Relation.Scan scan;
    if (relation instanceof Relation.Scan bare) {
      scan = bare;
    } else if (relation instanceof Relation.Filter filter
        && filter.input() instanceof Relation.Scan below) {
      scan = below;
      all.addAll(Expressions.conjuncts(filter.predicate()));
    } else {
      return Optional.empty();
    }
    all.addAll(condition);
    Planned inner = accessPaths.choose(scan, all, outer.output(), Request.ALL);
    if (!(inner.plan() instanceof PhysicalPlan.Scan chosen)
        || chosen.path() instanceof AccessPath.Full
        || chosen.conditions().stream().noneMatch(condition::contains)) {
      return Optional.empty();
    }
    double cost =
        outer.estimate().cost() + outer.estimate().rows() * (SEEK + chosen.estimate().cost());
    return Optional.of(split(type, outer, chosen, new Estimate(rows, cost)));
  }

  /** What refers to the outer side cannot be the inner scan's own filter. */
  private static PhysicalPlan split(
      JoinType type, PhysicalPlan outer, PhysicalPlan.Scan inner, Estimate estimate) {
    List<Expression> own = new ArrayList<>();
    List<Expression> residual = new ArrayList<>();
    for (Expression conjunct : inner.filter().map(Expressions::conjuncts).orElseGet(List::of)) {
      boolean isOwn = inner.output().containsAll(Expressions.references(conjunct));
      (isOwn ? own : residual).add(conjunct);
    }
    PhysicalPlan.Scan scan =
        new PhysicalPlan.Scan(
            inner.table(),
            inner.alias(),
            inner.output(),
            inner.ordinals(),
            inner.path(),
            inner.direction(),
            inner.conditions(),
            Expressions.conjunction(own),
            "",
            inner.estimate());
    return new PhysicalPlan.IndexJoin(
        type, outer, scan, Expressions.conjunction(residual), estimate);
  }
}
