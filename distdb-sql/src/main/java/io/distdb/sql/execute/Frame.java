// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.function.Caller;
import io.distdb.sql.vector.Vector;
import java.util.Arrays;

/**
 * What one execution of a {@link Program} works on: the batch's columns, the parameters, and a
 * register for each kernel. Vectors grow to the largest batch and are used again.
 */
final class Frame {
  private final Vector[] registers;
  private final int[] filled;

  // Few kernels ask for these: made when one does.
  private int[][] selections;
  private Object[] memo;
  private int[] single;
  Value[] parameters;
  Vector[] input;

  /** Rows that every vector must have room for. */
  int extent;

  /** For subqueries and for what asks the session; null where there are none. */
  Execution execution;

  Frame(int registerCount, Value[] parameters, Execution execution) {
    registers = new Vector[registerCount];
    filled = new int[registerCount];
    this.parameters = parameters;
    this.execution = execution;
  }

  /** Prepares the frame for another execution: only the room of its vectors stays. */
  void renew(Execution newExecution) {
    execution = newExecution;
    parameters = newExecution.parameters();
    Arrays.fill(filled, 0);
    memo = null;
  }

  /** Lets go of every value of the execution that is over. */
  void release() {
    execution = null;
    parameters = null;
    input = null;
    memo = null;
    for (Vector vector : registers) {
      if (vector != null) {
        vector.forgetTexts();
      }
    }
  }

  /** The statement, for functions; {@link Caller#NONE} outside of any execution. */
  Caller caller() {
    return execution == null ? Caller.NONE : execution;
  }

  /** Points the frame at a batch. */
  void begin(Vector[] columns, int rows) {
    input = columns;
    extent = rows;
  }

  /** The vector of {@code register}, with room for the batch. */
  Vector register(int register, SqlType type) {
    Vector vector = registers[register];
    if (vector == null) {
      vector = new Vector(type, extent);
      registers[register] = vector;
    } else {
      vector.ensure(extent);
    }
    return vector;
  }

  /** A vector that holds {@code value} in every row; filled once. */
  Vector constant(int register, SqlType type, Value value) {
    Vector vector = register(register, type);
    for (int row = filled[register]; row < extent; row++) {
      vector.set(row, value);
    }
    filled[register] = Math.max(filled[register], extent);
    return vector;
  }

  /** A selection of one row. */
  int[] only(int row) {
    if (single == null) {
      single = new int[1];
    }
    single[0] = row;
    return single;
  }

  /** Room for positions of rows. */
  int[] selection(int register) {
    if (selections == null) {
      selections = new int[registers.length][];
    }
    int[] selection = selections[register];
    if (selection == null || selection.length < extent) {
      selection = new int[extent];
      selections[register] = selection;
    }
    return selection;
  }

  /** What a kernel remembered for this execution, or null. */
  Object remembered(int register) {
    return memo == null ? null : memo[register];
  }

  void remember(int register, Object value) {
    if (memo == null) {
      memo = new Object[registers.length];
    }
    memo[register] = value;
  }
}
