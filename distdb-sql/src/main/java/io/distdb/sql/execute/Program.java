// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.Value;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** The compiled expressions of one operator. Immutable. */
final class Program {
  private final Kernel[] kernels;
  private final int registers;

  Program(List<Kernel> kernels, int registers) {
    this.kernels = kernels.toArray(Kernel[]::new);
    this.registers = registers;
  }

  int size() {
    return kernels.length;
  }

  /** A place to run in, for one execution. */
  Frame frame(Execution execution) {
    return new Frame(registers, execution.parameters(), execution);
  }

  /** A place to run in, to be renewed for each execution. */
  Frame frame() {
    return new Frame(registers, null, null);
  }

  /** A place for expressions without subqueries that ask no session, outside of any execution. */
  Frame frame(Value[] parameters) {
    return new Frame(registers, parameters, null);
  }

  /** Evaluates expression {@code index} for the rows of {@code batch}. */
  Vector evaluate(int index, Frame frame, Batch batch) {
    frame.begin(batch.columns, batch.extent);
    return kernels[index].evaluate(frame, batch.selected, batch.count);
  }

  /** Evaluates expression {@code index} for the one row {@code at} of {@code columns}. */
  Vector evaluateAt(int index, Frame frame, Vector[] columns, int at) {
    frame.begin(columns, at + 1);
    return kernels[index].evaluate(frame, frame.only(at), 1);
  }

  private static final Vector[] NO_COLUMNS = {};

  /** Evaluates expression {@code index}, which has no references, once; the result is in row 0. */
  Vector evaluateConstant(int index, Frame frame) {
    frame.begin(NO_COLUMNS, 1);
    return kernels[index].evaluate(frame, null, 1);
  }

  /**
   * Evaluates the boolean expression {@code index} and writes the positions of the rows for which
   * it is true to {@code target}.
   *
   * @return how many there are
   */
  int select(int index, Frame frame, Batch batch, int[] target) {
    frame.begin(batch.columns, batch.extent);
    return kernels[index].select(frame, batch.selected, batch.count, target);
  }
}
