// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.optimize.estimate.PairSelectivity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many rows a set of leaves gives when it is joined, whatever the order: the product of the
 * leaves' rows and of the shares that the conditions among them keep.
 */
final class JoinRows {
  private final double[] leafRows;
  private final List<Factor> factors = new ArrayList<>();

  /** What is multiplied when all of {@code leaves} are there. */
  private record Factor(long leaves, double share) {}

  JoinRows(JoinGraph graph, PairSelectivity pairs) {
    List<JoinLeaf> leaves = graph.leaves();
    leafRows = new double[leaves.size()];
    for (int i = 0; i < leafRows.length; i++) {
      JoinLeaf leaf = leaves.get(i);
      leafRows[i] = leaf.isFree() ? leaf.plan().estimate().rows() : each(leaves, leaf, pairs);
    }
    Map<Long, List<Expression>> byLeaves = new TreeMap<>();
    for (JoinGraph.Edge edge : graph.edges()) {
      byLeaves.computeIfAbsent(edge.leaves(), key -> new ArrayList<>()).add(edge.condition());
    }
    byLeaves.forEach((bits, conditions) -> {
      double left = leafRows[Long.numberOfTrailingZeros(bits)];
      double right = leafRows[63 - Long.numberOfLeadingZeros(bits)];
      factors.add(new Factor(bits, pairs.of(conditions, left, right)));
    });
  }

  /** Rows that come of one left row of an outer, semi or anti join. */
  private static double each(List<JoinLeaf> leaves, JoinLeaf leaf, PairSelectivity pairs) {
    double right = leaf.plan().estimate().rows();
    double left = 1;
    for (int i = 0; i < leaves.size(); i++) {
      if ((leaf.required() >>> i & 1) != 0 && leaves.get(i).isFree()) {
        left = Math.max(left, leaves.get(i).plan().estimate().rows());
      }
    }
    double share = pairs.of(leaf.on(), left, right);
    double matched = pairs.matched(leaf.on(), leaf.plan().output(), right, share);
    return switch (leaf.kind()) {
      case LEFT -> Math.max(1, share * right);
      case SEMI -> matched;
      case ANTI -> Math.max(1 / left, 1 - matched);
      case INNER, CROSS, FULL -> throw new IllegalArgumentException(leaf.kind().toString());
    };
  }

  double of(long leaves) {
    double rows = 1;
    for (int i = 0; i < leafRows.length; i++) {
      rows *= (leaves >>> i & 1) == 0 ? 1 : leafRows[i];
    }
    for (Factor factor : factors) {
      rows *= (factor.leaves & ~leaves) == 0 ? factor.share : 1;
    }
    return rows;
  }
}
