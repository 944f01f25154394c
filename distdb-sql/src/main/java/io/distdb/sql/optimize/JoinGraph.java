// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.JoinKind;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a tree of joins is made of, without its order: leaves, which are nodes, and conditions,
 * which connect them.
 *
 * <p>LEFT, SEMI and ANTI joins take part. Such a join makes of each left row some rows, by a
 * condition over the right side and some of the left leaves alone; so it may be done before or
 * after any inner join, any filter and any other such join that does not read its right side, as
 * soon as the leaves that its condition reads are there. Its right side is a leaf, planned on its
 * own, and comes as the right side of that join only. FULL joins, and joins whose right side refers
 * to the left, are leaves as a whole. See docs/adr/0014.
 */
final class JoinGraph {
  /** Leaves beyond stay joined as they were written: sets of leaves are bits of a long. */
  private static final int LEAVES_MAX = 60;

  /**
   * A condition between leaves.
   *
   * @param leaves that it reads, as bits; two at least
   * @param left for an equality of two expressions, the leaves of the one; else 0
   * @param right the leaves of the other
   */
  record Edge(Expression condition, long leaves, long left, long right) {
    boolean isEquality() {
      return left != 0;
    }

    boolean connects(long one, long other) {
      return (leaves & ~(one | other)) == 0 && (leaves & one) != 0 && (leaves & other) != 0;
    }

    /**
     * Whether it is an equality of an expression over {@code one} and another over {@code other}.
     */
    boolean joins(long one, long other) {
      return isEquality()
          && ((left & ~one) == 0 && (right & ~other) == 0
              || (left & ~other) == 0 && (right & ~one) == 0);
    }
  }

  private final PhysicalPlanner planner;
  private final boolean reorders;
  private final List<JoinLeaf> leaves = new ArrayList<>();
  private final Map<Variable, Integer> owners = new HashMap<>();
  private final List<Expression> conditions = new ArrayList<>();

  /** Conditions over one leaf that is free, by leaf. */
  private final Map<Integer, List<Expression>> own = new HashMap<>();

  private final List<Edge> edges = new ArrayList<>();

  /** Columns that an equality compares. */
  private final Set<Variable> keys = new HashSet<>();

  /** Conditions that read no leaf, or one that comes by an outer join: for the very end. */
  private final List<Expression> last = new ArrayList<>();

  private JoinGraph(PhysicalPlanner planner, boolean reorders) {
    this.planner = planner;
    this.reorders = reorders;
  }

  /**
   * @param reorders whether joins below this one are looked into; otherwise they are leaves
   */
  static JoinGraph of(Relation.Join join, PhysicalPlanner planner, boolean reorders) {
    JoinGraph graph = new JoinGraph(planner, reorders);
    if (join.kind() != JoinKind.FULL) {
      graph.flatten(join);
      graph.sort();
    }
    return graph;
  }

  static boolean isFlat(Relation relation) {
    return relation instanceof Relation.Join join && join.kind() != JoinKind.FULL;
  }

  List<JoinLeaf> leaves() {
    return leaves;
  }

  List<Edge> edges() {
    return edges;
  }

  /** Whether an order by {@code column} may serve a merge join. */
  boolean isKey(Variable column) {
    return keys.contains(column);
  }

  List<Expression> last() {
    return last;
  }

  /** Answers with the leaves of {@code relation}. */
  private long flatten(Relation relation) {
    if (reorders && leaves.size() < LEAVES_MAX) {
      if (relation instanceof Relation.Join join && isFlat(join)) {
        return flatten(join);
      }
      if (relation instanceof Relation.Filter filter
          && isFlat(filter.input())
          && !Expressions.isVolatile(filter.predicate())) {
        long all = flatten(filter.input());
        conditions.addAll(Expressions.conjuncts(filter.predicate()));
        return all;
      }
    }
    return leaf(relation, JoinKind.INNER, List.of(), 0);
  }

  private long flatten(Relation.Join join) {
    long left = flatten(join.left());
    List<Expression> on = join.condition().map(Expressions::conjuncts).orElseGet(List::of);
    if (join.kind().isInner()) {
      long right = flatten(join.right());
      conditions.addAll(on);
      return left | right;
    }
    long read = 0;
    for (Expression conjunct : on) {
      read |= leavesOf(conjunct);
    }
    long required = closed(read == 0 ? Long.lowestOneBit(left) : read);
    return left | leaf(join.right(), join.kind(), on, required);
  }

  /** With what the outer joins among them require. */
  private long closed(long required) {
    long all = required;
    for (int i = leaves.size() - 1; i >= 0; i--) {
      all |= (all >>> i & 1) == 0 ? 0 : leaves.get(i).required();
    }
    return all;
  }

  private long leaf(Relation relation, JoinKind kind, List<Expression> on, long required) {
    int number = leaves.size();
    leaves.add(
        new JoinLeaf(relation, planner.plan(relation, Request.ALL).plan(), kind, on, required));
    if (!kind.isExistence()) {
      relation.output().forEach(variable -> owners.put(variable, number));
    }
    return 1L << number;
  }

  /** Variables of the right side of a join whose condition is asked about are not known yet. */
  private long leavesOf(Expression expression) {
    long found = 0;
    for (Variable variable : Expressions.references(expression)) {
      Integer owner = owners.get(variable);
      found |= owner == null ? 0 : 1L << owner;
    }
    return found;
  }

  private void sort() {
    for (Expression condition : conditions) {
      long read = leavesOf(condition);
      int count = Long.bitCount(read);
      int first = Long.numberOfTrailingZeros(read);
      if (count > 1) {
        edges.add(edge(condition, read));
      } else if (count == 1 && leaves.get(first).isFree()) {
        own.computeIfAbsent(first, leaf -> new ArrayList<>()).add(condition);
      } else {
        last.add(condition);
      }
    }
    own.forEach((number, filters) -> leaves.set(number, filtered(leaves.get(number), filters)));
  }

  private Edge edge(Expression condition, long read) {
    if (condition instanceof Expression.Compare compare
        && compare.comparison() == Comparison.EQUAL) {
      long left = leavesOf(compare.left());
      long right = leavesOf(compare.right());
      if (left != 0 && right != 0 && (left & right) == 0) {
        keys.add(MergeKeys.column(compare.left()));
        keys.add(MergeKeys.column(compare.right()));
        return new Edge(condition, read, left, right);
      }
    }
    return new Edge(condition, read, 0, 0);
  }

  private JoinLeaf filtered(JoinLeaf leaf, List<Expression> filters) {
    List<Expression> all = new ArrayList<>();
    Relation input = leaf.relation();
    if (input instanceof Relation.Filter filter) {
      all.addAll(Expressions.conjuncts(filter.predicate()));
      input = filter.input();
    }
    all.addAll(filters);
    Relation relation = new Relation.Filter(input, Expressions.conjunction(all).orElseThrow());
    return new JoinLeaf(
        relation, planner.plan(relation, Request.ALL).plan(), leaf.kind(), List.of(), 0);
  }
}
