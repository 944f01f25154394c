// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.estimate;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.ColumnStatistics;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The share of pairs in which two columns are equal. The values of the column with fewer of them
 * are taken to be among the other's, each equally often (Selinger et al., "Access path selection in
 * a relational database management system", 1979); but pairs of common values are counted.
 */
final class JoinSelectivity {
  private final ColumnFacts facts;

  JoinSelectivity(ColumnFacts facts) {
    this.facts = facts;
  }

  ColumnFacts facts() {
    return facts;
  }

  /** Nothing when nothing is known of either column. */
  Optional<Double> of(ColumnFact left, ColumnFact right) {
    OptionalDouble leftCount = left.distinct();
    OptionalDouble rightCount = right.distinct();
    if (leftCount.isEmpty() && rightCount.isEmpty()) {
      return Optional.empty();
    }
    double present = (1 - left.nullFraction()) * (1 - right.nullFraction());
    double most = Math.max(leftCount.orElse(1), rightCount.orElse(1));
    boolean lists =
        !left.isUnique()
            && !right.isUnique()
            && left.statistics().isPresent()
            && right.statistics().isPresent()
            && hasSameValues(left, right);
    return Optional.of(lists ? ofCommon(left, right) : present / most);
  }

  private static boolean hasSameValues(ColumnFact left, ColumnFact right) {
    boolean some =
        !left.statistics().orElseThrow().common().isEmpty()
            && !right.statistics().orElseThrow().common().isEmpty();
    return some && type(left) == type(right);
  }

  private static SqlType type(ColumnFact fact) {
    return fact.table().columns().get(fact.ordinal()).type().unmodified();
  }

  /** Common with common exactly, the others by their numbers of values. */
  private static double ofCommon(ColumnFact left, ColumnFact right) {
    Side one = new Side(left, left.statistics().orElseThrow());
    Side other = new Side(right, right.statistics().orElseThrow());
    Map<Value, Double> frequencies = new HashMap<>();
    for (int i = 0; i < other.known.common().size(); i++) {
      frequencies.put(other.known.common().get(i), other.known.frequencies().get(i));
    }
    double pairs = 0;
    double oneMet = 0;
    double otherMet = 0;
    int met = 0;
    for (int i = 0; i < one.known.common().size(); i++) {
      Double frequency = frequencies.get(one.known.common().get(i));
      if (frequency != null) {
        pairs += one.known.frequencies().get(i) * frequency;
        oneMet += one.known.frequencies().get(i);
        otherMet += frequency;
        met++;
      }
    }
    double oneRest = one.rest(other, oneMet, otherMet, met);
    double otherRest = other.rest(one, otherMet, oneMet, met);
    return pairs + Math.min(oneRest, otherRest);
  }

  private record Side(ColumnFact fact, ColumnStatistics known) {
    double others() {
      return Math.max(0, 1 - known.nullFraction() - known.commonShare());
    }

    double distinct() {
      return known.distinctOf(fact.rows());
    }

    /** Pairs of this side's rows, but for those of common values that met. */
    double rest(Side other, double ownMet, double otherMet, int met) {
      double unmet = known.commonShare() - ownMet;
      double otherUnmet = other.known.commonShare() - otherMet;
      double rare = other.distinct() - other.known.common().size();
      double left = other.distinct() - met;
      double rest = rare >= 1 ? unmet * other.others() / rare : 0;
      return rest + (left >= 1 ? others() * (other.others() + otherUnmet) / left : 0);
    }
  }
}
