// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Value;
import io.distdb.sql.plan.Subplan;
import io.distdb.sql.vector.Values;
import io.distdb.sql.vector.Vector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One subplan in one execution. Its answers are kept by the values that it depends on, so that rows
 * with equal values run it once; up to {@link #ROWS_MAX} rows, then they are forgotten and gathered
 * anew.
 */
final class SubplanRun {
  /** Rows of all answers: an answer is one row, or those that a hashed IN looks through. */
  private static final int ROWS_MAX = 65_536;

  /** Of an entry of the map, without what is in its key and its answer. */
  private static final int ENTRY_BYTES = 96;

  private static final Value[] TRUE = {Value.TRUE};
  private static final Value[] FALSE = {Value.FALSE};
  private static final Value[] UNKNOWN = {Value.NULL};

  private final SubplanProgram program;
  private final Map<List<Object>, Object> answers = new HashMap<>();
  private int rows;

  /** What the answers hold with their keys. */
  private long answerBytes;

  private QueryMemory.Holding holding;

  SubplanRun(SubplanProgram program) {
    this.program = program;
  }

  /**
   * The answer's columns, or the {@link HashedRows}, for the values of the slots.
   *
   * @param values one for each slot; the run's to keep
   */
  Object answer(Execution execution, Value[] values) {
    if (program.plan.isVolatile()) {
      return run(execution.correlated(program.slots, values));
    }
    List<Object> key = key(execution, values);
    Object known = answers.get(key);
    if (known == null) {
      known = run(execution.correlated(program.slots, values));
      keep(execution, key, known);
    }
    return known;
  }

  private void keep(Execution execution, List<Object> key, Object answer) {
    rows += answer instanceof HashedRows hashed ? 1 + hashed.size() : 1;
    if (rows > ROWS_MAX) {
      forget();
      rows = 0;
      answerBytes = 0;
    }
    answers.put(key, answer);
    answerBytes += ENTRY_BYTES + heapBytes(key.toArray()) + heapBytes(answer);
    if (holding == null) {
      holding = execution.memory().holding("kept answers of a subquery");
    }
    holding.set(answerBytes);
  }

  private void forget() {
    for (Object answer : answers.values()) {
      if (answer instanceof HashedRows hashed) {
        hashed.close();
      }
    }
    answers.clear();
  }

  private static long heapBytes(Object answer) {
    return answer instanceof HashedRows hashed ? hashed.heapBytes() : heapBytes((Object[]) answer);
  }

  /** Of those that are values. */
  private static long heapBytes(Object[] values) {
    long bytes = 0;
    for (Object each : values) {
      bytes += each instanceof Value value ? Values.heapBytes(value) : 0;
    }
    return bytes;
  }

  private List<Object> key(Execution execution, Value[] values) {
    int[] inherited = program.inherited;
    boolean tables = program.plan.readsCommonTables();
    Object[] all = new Object[values.length + inherited.length + (tables ? 1 : 0)];
    System.arraycopy(values, 0, all, 0, values.length);
    for (int i = 0; i < inherited.length; i++) {
      all[values.length + i] = execution.correlations()[inherited[i]];
    }
    if (tables) {
      all[all.length - 1] = execution.commonTables();
    }
    return Arrays.asList(all);
  }

  private Object run(Execution execution) {
    Operator operator = program.factory.open(execution);
    boolean hashed = program.plan.form() == Subplan.Form.HASHED_ANY;
    String holder = "answer of a subquery";
    QueryMemory.Holding gathered =
        hashed ? execution.memory().spillable(holder) : execution.memory().holding(holder);
    try {
      return switch (program.plan.form()) {
        case EXISTS -> operator.next() == null ? FALSE : TRUE;
        case SCALAR -> onlyRow(operator);
        case ARRAY ->
            SubplanArrays.collect(program.plan.plan().output().getFirst(), operator, gathered);
        case ANY -> any(operator);
        case HASHED_ANY ->
            new HashedRows(program.plan.plan().output(), operator, execution, gathered);
      };
    } finally {
      gathered.release();
      operator.close();
    }
  }

  private Value[] onlyRow(Operator operator) {
    Value[] row = new Value[program.plan.plan().output().size()];
    Batch batch = operator.next();
    if (batch == null) {
      Arrays.fill(row, Value.NULL);
      return row;
    }
    boolean more = batch.count > 1;
    for (int i = 0; i < row.length; i++) {
      row[i] = batch.columns[i].get(batch.position(0));
    }
    if (more || operator.next() != null) {
      throw new DistDbException(
          ErrorCode.CARDINALITY_VIOLATION,
          "more than one row returned by a subquery used as an expression");
    }
    return row;
  }

  private static Value[] any(Operator operator) {
    Value[] result = FALSE;
    for (Batch batch = operator.next(); batch != null; batch = operator.next()) {
      Vector condition = batch.columns[0];
      for (int n = 0; n < batch.count; n++) {
        int row = batch.position(n);
        if (condition.nulls[row]) {
          result = UNKNOWN;
        } else if (condition.longs[row] != 0) {
          return TRUE;
        }
      }
    }
    return result;
  }
}
