// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.estimate;

import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The share of pairs of rows of two relations that satisfy the conditions between them.
 *
 * <p>Equalities that cover a whole unique key, such as those of a foreign key with its primary key,
 * are not independent of each other: a row has one partner at most, however many columns the key
 * has.
 */
public final class PairSelectivity {
  /** Share of rows that have a partner, where nothing is known. */
  private static final double UNKNOWN = 0.5;

  private final ColumnFacts facts;
  private final Selectivity selectivity;
  private final JoinSelectivity joins;

  PairSelectivity(ColumnFacts facts, Selectivity selectivity) {
    this.facts = facts;
    this.selectivity = selectivity;
    joins = new JoinSelectivity(facts);
  }

  /** One side of an equality, with the other. */
  private record Match(Expression conjunct, ColumnFact column) {}

  /**
   * @param leftRows rows of the one side, which guess where nothing is known
   * @param rightRows of the other
   */
  public double of(List<Expression> conjuncts, double leftRows, double rightRows) {
    List<Expression> rest = new ArrayList<>(conjuncts);
    double share = 1;
    Map<Integer, List<Match>> byScan = byScan(conjuncts);
    for (List<Match> matches : byScan.values()) {
      Table table = matches.getFirst().column().table();
      List<Expression> covering = uniqueKey(table, matches);
      if (!covering.isEmpty() && rest.containsAll(covering)) {
        rest.removeAll(covering);
        share /= matches.getFirst().column().rows();
      }
    }
    List<Expression> others = new ArrayList<>();
    for (Expression conjunct : rest) {
      Optional<Double> equality = equality(conjunct);
      if (equality.isPresent()) {
        share *= equality.get();
      } else if (isEquality(conjunct)) {
        share /= Math.max(1, Math.min(leftRows, rightRows));
      } else {
        others.add(conjunct);
      }
    }
    return share * selectivity.of(others);
  }

  private static boolean isEquality(Expression conjunct) {
    return conjunct instanceof Expression.Compare compare
        && compare.comparison() == Comparison.EQUAL;
  }

  private Optional<Double> equality(Expression conjunct) {
    if (!isEquality(conjunct)) {
      return Optional.empty();
    }
    Expression.Compare compare = (Expression.Compare) conjunct;
    Optional<ColumnFact> left = facts.of(compare.left());
    Optional<ColumnFact> right = facts.of(compare.right());
    if (left.isPresent() && right.isPresent()) {
      return joins.of(left.get(), right.get());
    }
    Optional<ColumnFact> one = left.or(() -> right);
    return one.filter(fact -> fact.distinct().isPresent())
        .map(fact -> (1 - fact.nullFraction()) / fact.distinct().getAsDouble());
  }

  /** The equalities by the scans that they are about; each is there twice. */
  private Map<Integer, List<Match>> byScan(List<Expression> conjuncts) {
    Map<Integer, List<Match>> byScan = new TreeMap<>();
    for (Expression conjunct : conjuncts) {
      if (isEquality(conjunct)) {
        Expression.Compare compare = (Expression.Compare) conjunct;
        for (Expression side : List.of(compare.left(), compare.right())) {
          facts
              .of(side)
              .ifPresent(fact ->
                  byScan
                      .computeIfAbsent(fact.scan(), id -> new ArrayList<>())
                      .add(new Match(conjunct, fact)));
        }
      }
    }
    return byScan;
  }

  /** Equalities that cover a unique key of several columns; none when there is no such key. */
  private static List<Expression> uniqueKey(Table table, List<Match> matches) {
    List<List<Integer>> keys = new ArrayList<>();
    keys.add(table.primaryKey());
    for (IndexDefinition index : table.indexes()) {
      if (index.unique()) {
        keys.add(index.parts().stream().map(IndexDefinition.Part::ordinal).toList());
      }
    }
    for (List<Integer> key : keys) {
      List<Expression> covering = new ArrayList<>();
      for (int ordinal : key) {
        matches.stream()
            .filter(match -> match.column().ordinal() == ordinal)
            .findFirst()
            .ifPresent(match -> covering.add(match.conjunct()));
      }
      if (key.size() > 1 && covering.size() == key.size()) {
        return covering;
      }
    }
    return List.of();
  }

  /**
   * The share of left rows that have a partner among {@code rightRows} rows. The values of the side
   * with fewer are taken to be among the other's.
   *
   * @param right variables of the right side
   * @param pairShare what {@link #of} says of the conditions
   */
  public double matched(
      List<Expression> conjuncts, List<Variable> right, double rightRows, double pairShare) {
    double share = 1;
    boolean decided = false;
    for (Expression conjunct : conjuncts) {
      if (!isEquality(conjunct)) {
        continue;
      }
      Expression.Compare compare = (Expression.Compare) conjunct;
      boolean turned = right.containsAll(Expressions.references(compare.left()));
      Optional<ColumnFact> outer = facts.of(turned ? compare.right() : compare.left());
      Optional<ColumnFact> inner = facts.of(turned ? compare.left() : compare.right());
      if (hasCount(outer) && hasCount(inner)) {
        decided = true;
        double met = Math.min(rightRows, inner.get().distinct().getAsDouble());
        double all = outer.get().distinct().getAsDouble();
        share = Math.min(share, (1 - outer.get().nullFraction()) * Math.min(1, met / all));
      }
    }
    return decided ? share : Math.min(UNKNOWN, pairShare * rightRows);
  }

  private static boolean hasCount(Optional<ColumnFact> fact) {
    return fact.isPresent() && fact.get().distinct().isPresent();
  }
}
