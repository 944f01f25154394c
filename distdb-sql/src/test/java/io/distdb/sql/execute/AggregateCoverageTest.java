// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.sql.function.AggregateFunction;
import io.distdb.sql.function.FunctionRegistry;
import org.junit.jupiter.api.Test;

/** Whatever aggregate the analyzer resolves, the executor can compute. */
class AggregateCoverageTest {
  @Test
  void everyAggregateHasAnAggregator() {
    for (AggregateFunction function : FunctionRegistry.aggregates()) {
      assertThat(Aggregators.supports(function)).as(function.toString()).isTrue();
    }
  }
}
