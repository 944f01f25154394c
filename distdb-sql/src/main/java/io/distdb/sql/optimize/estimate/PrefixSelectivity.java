// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.estimate;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.ColumnStatistics;
import io.distdb.sql.logical.Expression;
import java.util.Optional;

/**
 * The share of the uncommon values that begin with what a LIKE pattern begins with: from the
 * histogram, which is finer than its bounds when the pattern is narrower than a group.
 */
final class PrefixSelectivity {
  /** What a character of the pattern, other than its wildcards, keeps; as PostgreSQL guesses. */
  private static final double CHARACTER = 0.2;

  private final ColumnFacts facts;
  private final KnownValues known;

  PrefixSelectivity(ColumnFacts facts, KnownValues known) {
    this.facts = facts;
    this.known = known;
  }

  /** Nothing for another call, or when there is no prefix or no histogram. */
  Optional<Double> of(Expression.Call call) {
    if (!call.function().name().equals("~~")) {
      return Optional.empty();
    }
    Optional<ColumnStatistics> statistics =
        facts.of(call.arguments().get(0)).flatMap(ColumnFact::statistics);
    if (statistics.isEmpty() || statistics.get().histogram().isEmpty()) {
      return Optional.empty();
    }
    return known
        .of(call.arguments().get(1))
        .filter(Value.TextValue.class::isInstance)
        .map(pattern -> ((Value.TextValue) pattern).value())
        .flatMap(pattern -> of(pattern, statistics.get()));
  }

  private static Optional<Double> of(String pattern, ColumnStatistics statistics) {
    String prefix = prefix(pattern);
    if (prefix.isEmpty()) {
      return Optional.empty();
    }
    int last = prefix.length() - 1;
    String end = prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
    double from = RangeSelectivity.below(statistics.histogram(), SqlType.TEXT, Value.of(prefix));
    double to = RangeSelectivity.below(statistics.histogram(), SqlType.TEXT, Value.of(end));
    double rest = 1;
    for (int i = prefix.length(); i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      rest *= c == '%' || c == '_' ? 1 : CHARACTER;
    }
    double others = Math.max(0, 1 - statistics.nullFraction() - statistics.commonShare());
    return Optional.of(Math.max(0, to - from) * others * rest);
  }

  /** What comes before the first wildcard or backslash. */
  static String prefix(String pattern) {
    int end = 0;
    while (end < pattern.length() && "%_\\".indexOf(pattern.charAt(end)) < 0) {
      end++;
    }
    return pattern.substring(0, end);
  }
}
