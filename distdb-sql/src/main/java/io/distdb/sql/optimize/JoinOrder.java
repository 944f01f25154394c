// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.api.error.Invariant;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.optimize.estimate.Selectivity;
import io.distdb.sql.plan.Estimate;
import io.distdb.sql.plan.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the cheapest order to join leaves in.
 *
 * <p>Up to {@link #EXACT_MAX} leaves by dynamic programming over sets of leaves: the best plan of a
 * set is the best of its divisions into two sets that a condition connects, each with its own best
 * plan, bushy trees among them (algorithm DPsub of Moerkotte and Neumann, "Analysis of two existing
 * and one new dynamic programming algorithm for the generation of optimal bushy join trees without
 * cross products", VLDB 2006). Beyond that greedily: the two sets whose join gives the fewest rows
 * are joined, again and again (Fegaras, "A new heuristic for optimizing large queries", 1998). Sets
 * that no condition connects are joined last, the smallest first.
 */
final class JoinOrder {
  static final int EXACT_MAX = 10;

  private final JoinGraph graph;
  private final JoinRows rows;
  private final JoinMethods methods;
  private final Selectivity selectivity;

  /** For each leaf those that a condition connects it with. */
  private final long[] neighbours;

  JoinOrder(JoinGraph graph, JoinRows rows, JoinMethods methods, Selectivity selectivity) {
    this.graph = graph;
    this.rows = rows;
    this.methods = methods;
    this.selectivity = selectivity;
    neighbours = new long[graph.leaves().size()];
    for (JoinGraph.Edge edge : graph.edges()) {
      connect(edge.leaves());
    }
    for (int i = 0; i < neighbours.length; i++) {
      if (!graph.leaves().get(i).isFree()) {
        connect(graph.leaves().get(i).required());
        neighbours[i] |= graph.leaves().get(i).required();
      }
    }
  }

  /** A condition over three leaves lets two of them be joined without one, to bring it nearer. */
  private void connect(long leaves) {
    for (long left = leaves; left != 0; left &= left - 1) {
      neighbours[Long.numberOfTrailingZeros(left)] |= leaves;
    }
  }

  PhysicalPlan best() {
    int count = graph.leaves().size();
    List<Joined> parts = new ArrayList<>();
    long left = count == 64 ? -1 : (1L << count) - 1;
    while (left != 0) {
      long component = component(left);
      parts.add(Long.bitCount(component) <= EXACT_MAX ? exact(component) : greedy(component));
      left &= ~component;
    }
    Joined all = crossed(parts);
    if (graph.last().isEmpty()) {
      return all.plan();
    }
    double kept = Math.max(1, all.rows() * selectivity.of(graph.last()));
    double cost =
        all.cost()
            + JoinCost.OUT * all.rowsAtLeastOne()
            + SubplanCost.of(graph.last(), all.rowsAtLeastOne());
    Expression condition = Expressions.conjunction(graph.last()).orElseThrow();
    return new PhysicalPlan.Filter(all.plan(), condition, new Estimate(kept, cost));
  }

  /** The lowest leaf with all that can be reached from it. */
  private long component(long leaves) {
    long found = Long.lowestOneBit(leaves);
    while (true) {
      long more = found;
      for (int i = 0; i < neighbours.length; i++) {
        boolean inside = (found >>> i & 1) != 0;
        more |=
            inside ? neighbours[i] & leaves : (neighbours[i] & found) != 0 ? 1L << i & leaves : 0;
      }
      if (more == found) {
        return found;
      }
      found = more;
    }
  }

  private Joined leaf(int number) {
    JoinLeaf leaf = graph.leaves().get(number);
    return new Joined(1L << number, leaf.plan().estimate().rows(), leaf.plan());
  }

  // --- dynamic programming ---

  private Joined exact(long component) {
    int[] numbers = new int[Long.bitCount(component)];
    int count = 0;
    for (long left = component; left != 0; left &= left - 1) {
      numbers[count++] = Long.numberOfTrailingZeros(left);
    }
    Joined[] best = new Joined[1 << count];
    for (int i = 0; i < count; i++) {
      best[1 << i] = leaf(numbers[i]);
    }
    for (int set = 1; set < best.length; set++) {
      if (Integer.bitCount(set) > 1) {
        best[set] = exact(set, best);
      }
    }
    Invariant.check(best[best.length - 1] != null, "connected leaves have no order");
    return best[best.length - 1];
  }

  /** The best of all divisions of {@code set}; null when no condition connects it. */
  private Joined exact(int set, Joined[] best) {
    int lowest = Integer.lowestOneBit(set);
    long leaves = 0;
    for (int left = set; left != 0; left &= left - 1) {
      leaves |= best[Integer.lowestOneBit(left)].leaves();
    }
    double out = rows.of(leaves);
    JoinMethods.Way way = null;
    for (int part = (set - 1) & set; part != 0; part = (part - 1) & set) {
      if ((part & lowest) != 0
          && best[part] != null
          && best[set ^ part] != null
          && (way == null || least(best[part], best[set ^ part]) < way.cost())) {
        way = JoinMethods.Way.cheaper(way, way(best[part], best[set ^ part], out));
      }
    }
    return way == null ? null : new Joined(leaves, out, way.plan().get());
  }

  /** What any way to join them costs at least; a leaf may be read by an index instead. */
  private static double least(Joined one, Joined other) {
    return (one.isLeaf() ? 0 : one.cost()) + (other.isLeaf() ? 0 : other.cost());
  }

  /** The cheapest way to join two sets; null when they cannot be joined now. */
  private JoinMethods.Way way(Joined one, Joined other, double out) {
    if (isDependent(other)) {
      return isDependent(one) ? null : dependent(one, other, out);
    }
    if (isDependent(one)) {
      return dependent(other, one, out);
    }
    return areConnected(one, other) ? methods.inner(one, other, out) : null;
  }

  private boolean isDependent(Joined joined) {
    return joined.isLeaf() && !graph.leaves().get(joined.leaf()).isFree();
  }

  private JoinMethods.Way dependent(Joined left, Joined right, double out) {
    JoinLeaf leaf = graph.leaves().get(right.leaf());
    boolean early = (leaf.required() & ~left.leaves()) != 0;
    return early ? null : methods.dependent(left, right, leaf, out);
  }

  private boolean areConnected(Joined one, Joined other) {
    for (long left = one.leaves(); left != 0; left &= left - 1) {
      if ((neighbours[Long.numberOfTrailingZeros(left)] & other.leaves()) != 0) {
        return true;
      }
    }
    return false;
  }

  // --- greedy ---

  private Joined greedy(long component) {
    List<Joined> parts = new ArrayList<>();
    for (long left = component; left != 0; left &= left - 1) {
      parts.add(leaf(Long.numberOfTrailingZeros(left)));
    }
    while (parts.size() > 1) {
      JoinMethods.Way best = null;
      Joined first = null;
      Joined second = null;
      double fewest = Double.POSITIVE_INFINITY;
      for (int i = 0; i < parts.size(); i++) {
        for (int j = i + 1; j < parts.size(); j++) {
          double out = rows.of(parts.get(i).leaves() | parts.get(j).leaves());
          if (out < fewest) {
            JoinMethods.Way way = way(parts.get(i), parts.get(j), out);
            if (way != null) {
              best = way;
              first = parts.get(i);
              second = parts.get(j);
              fewest = out;
            }
          }
        }
      }
      Invariant.check(best != null, "connected leaves have no order");
      parts.remove(first);
      parts.remove(second);
      parts.add(new Joined(first.leaves() | second.leaves(), fewest, best.plan().get()));
    }
    return parts.getFirst();
  }

  // --- what nothing connects ---

  private Joined crossed(List<Joined> parts) {
    List<Joined> left = new ArrayList<>(parts);
    left.sort((a, b) -> Double.compare(a.rows(), b.rows()));
    Joined all = left.removeFirst();
    for (Joined next : left) {
      double out = all.rows() * next.rows();
      all =
          new Joined(all.leaves() | next.leaves(), out, methods.inner(all, next, out).plan().get());
    }
    return all;
  }
}
