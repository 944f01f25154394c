// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.estimate;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.ColumnStatistics;
import io.distdb.sql.execute.ValueOrder;
import io.distdb.sql.logical.Expression;
import java.util.Optional;

/**
 * The share of rows in which a column has one value. A common value has its own frequency, the
 * others share what is left of the rows (PostgreSQL's documentation, "Row Estimation Examples").
 */
final class EqualitySelectivity {
  /** Of a column of which nothing is known: 200 different values. */
  static final double DEFAULT = 0.005;

  private static final double BOOLEAN = 0.5;

  private final KnownValues known;

  EqualitySelectivity(KnownValues known) {
    this.known = known;
  }

  double of(ColumnFact fact, Expression operand) {
    if (fact.isUnique()) {
      return 1 / fact.rows();
    }
    Optional<ColumnStatistics> statistics = fact.statistics();
    if (statistics.isEmpty()) {
      return type(fact) == SqlType.BOOLEAN ? BOOLEAN : DEFAULT;
    }
    boolean even = statistics.get().common().isEmpty();
    Optional<Value> value = even ? Optional.empty() : known.of(operand);
    return value
        .map(constant -> of(fact, statistics.get(), constant))
        .orElseGet(() -> ofAny(fact, statistics.get()));
  }

  private static SqlType type(ColumnFact fact) {
    return fact.table().columns().get(fact.ordinal()).type().unmodified();
  }

  private static double ofAny(ColumnFact fact, ColumnStatistics statistics) {
    return (1 - statistics.nullFraction()) / statistics.distinctOf(fact.rows());
  }

  private static double of(ColumnFact fact, ColumnStatistics statistics, Value constant) {
    if (constant instanceof Value.Null) {
      return 0;
    }
    SqlType type = type(fact);
    Optional<Value> value = ValueOrder.as(type, constant);
    if (value.isPresent()) {
      for (int i = 0; i < statistics.common().size(); i++) {
        if (ValueOrder.compare(type, statistics.common().get(i), value.get()) == 0) {
          return statistics.frequencies().get(i);
        }
      }
    }
    return ofOthers(fact, statistics);
  }

  /** Of a value that is not common; no more than the least common of those has. */
  private static double ofOthers(ColumnFact fact, ColumnStatistics statistics) {
    double left = Math.max(0, 1 - statistics.nullFraction() - statistics.commonShare());
    double others = statistics.distinctOf(fact.rows()) - statistics.common().size();
    double share = left / Math.max(1, others);
    return Math.min(share, statistics.frequencies().getLast());
  }
}
