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
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds how a table is read by a key made of the row that it is joined to. */
final class IndexJoins {
  /** Sets of conditions that are tried for one leaf. */
  private static final int TRIED_MAX = 64;

  private final JoinGraph graph;
  private final ChooseAccessPath accessPaths;

  /** By leaf, then by the positions of the conditions. Looked up and never iterated. */
  private final Map<Integer, Map<List<Integer>, Optional<PhysicalPlan.Scan>>> known =
      new HashMap<>();

  IndexJoins(JoinGraph graph, ChooseAccessPath accessPaths) {
    this.graph = graph;
    this.accessPaths = accessPaths;
  }

  /** The scan of a free leaf, whose path refers to {@code outer}; nothing without a fit index. */
  Optional<PhysicalPlan.Scan> inner(long outer, int leaf) {
    List<Integer> positions = new ArrayList<>();
    List<Expression> conditions = new ArrayList<>();
    for (int i = 0; i < graph.edges().size(); i++) {
      JoinGraph.Edge edge = graph.edges().get(i);
      if (edge.connects(outer, 1L << leaf)) {
        positions.add(i);
        conditions.add(edge.condition());
      }
    }
    Map<List<Integer>, Optional<PhysicalPlan.Scan>> tried =
        known.computeIfAbsent(leaf, number -> new HashMap<>());
    Optional<PhysicalPlan.Scan> found = tried.get(positions);
    if (found == null) {
      if (tried.size() >= TRIED_MAX) {
        return Optional.empty();
      }
      Relation relation = graph.leaves().get(leaf).relation();
      Set<Variable> outside = new LinkedHashSet<>();
      conditions.forEach(condition -> outside.addAll(Expressions.references(condition)));
      outside.removeAll(relation.output());
      found = inner(outside, relation, conditions);
      tried.put(positions, found);
    }
    return found;
  }

  /** The scan of a leaf that comes by a join of its own. */
  Optional<PhysicalPlan.Scan> inner(Collection<Variable> outer, JoinLeaf leaf) {
    return inner(outer, leaf.relation(), leaf.on());
  }

  private Optional<PhysicalPlan.Scan> inner(
      Collection<Variable> outer, Relation relation, List<Expression> conditions) {
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
    all.addAll(conditions);
    Planned inner = accessPaths.choose(scan, all, outer, Request.ALL);
    return inner.plan() instanceof PhysicalPlan.Scan chosen
            && !(chosen.path() instanceof AccessPath.Full)
            && chosen.conditions().stream().anyMatch(conditions::contains)
        ? Optional.of(chosen)
        : Optional.empty();
  }

  /** What refers to the outer side cannot be the inner scan's own filter. */
  static PhysicalPlan plan(
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
