// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.sql.function.AggregateFunction;
import io.distdb.sql.function.FunctionRegistry;
import io.distdb.sql.function.ScalarFunction;
import org.junit.jupiter.api.Test;

/** Whatever the analyzer resolves, the executor can compute. */
class FunctionCoverageTest {
  @Test
  void everyFunctionHasAKernel() {
    for (ScalarFunction function : FunctionRegistry.scalars()) {
      assertThat(FunctionKernels.supports(function)).as(function.toString()).isTrue();
    }
    for (AggregateFunction function : FunctionRegistry.aggregates()) {
      assertThat(Aggregators.supports(function)).as(function.toString()).isTrue();
    }
  }
}
