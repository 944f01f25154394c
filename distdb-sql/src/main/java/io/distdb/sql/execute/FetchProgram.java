// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/** LIMIT and OFFSET, evaluated once per execution. */
final class FetchProgram {
  /**
   * @param limit {@link Long#MAX_VALUE} for all
   */
  record Bounds(long limit, long offset) {
    /** Rows that are needed from below: the limit and the offset, capped. */
    long needed() {
      long sum = limit + offset;
      return sum < 0 ? Long.MAX_VALUE : sum;
    }
  }

  private final boolean hasLimit;
  private final boolean hasOffset;
  private final Program program;

  FetchProgram(PhysicalPlan.Fetch fetch) {
    hasLimit = fetch.limit().isPresent();
    hasOffset = fetch.offset().isPresent();
    List<Expression> expressions = new ArrayList<>();
    fetch.limit().ifPresent(expressions::add);
    fetch.offset().ifPresent(expressions::add);
    program = ExpressionCompiler.compile(List.of(), expressions);
  }

  /**
   * @throws DistDbException {@code INVALID_ROW_COUNT_IN_LIMIT}, {@code
   *     INVALID_ROW_COUNT_IN_OFFSET}: negative
   */
  Bounds evaluate(Execution execution) {
    Frame frame = program.frame(execution);
    long limit = Long.MAX_VALUE;
    long offset = 0;
    if (hasLimit) {
      Vector value = program.evaluateConstant(0, frame);
      limit = value.nulls[0] ? Long.MAX_VALUE : value.longs[0];
    }
    if (hasOffset) {
      Vector value = program.evaluateConstant(hasLimit ? 1 : 0, frame);
      offset = value.nulls[0] ? 0 : value.longs[0];
    }
    if (limit < 0) {
      throw new DistDbException(ErrorCode.INVALID_ROW_COUNT_IN_LIMIT, "LIMIT must not be negative");
    }
    if (offset < 0) {
      throw new DistDbException(
          ErrorCode.INVALID_ROW_COUNT_IN_OFFSET, "OFFSET must not be negative");
    }
    return new Bounds(limit, offset);
  }
}
