// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.plan.Subplan;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** Asks a subplan for its answer, row by row. */
final class SubplanKernel implements Kernel {
  private static final Value[] NO_VALUES = {};

  private final int register;
  private final int id;
  private final boolean hashed;
  private final int slots;
  private final int field;
  private final SqlType type;
  private final Kernel[] arguments;

  SubplanKernel(int register, Subplan plan, List<Kernel> arguments, int field, SqlType type) {
    this.register = register;
    this.id = plan.id();
    this.hashed = plan.form() == Subplan.Form.HASHED_ANY;
    this.slots = plan.slots().size();
    this.field = field;
    this.type = type;
    this.arguments = arguments.toArray(Kernel[]::new);
  }

  private Value[] key(Vector[] values, int row) {
    Value[] key = new Value[slots];
    for (int i = 0; i < slots; i++) {
      key[i] = values[i].get(row);
    }
    return key;
  }

  @Override
  public Vector evaluate(Frame frame, int[] selected, int count) {
    Vector[] values = new Vector[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments[i].evaluate(frame, selected, count);
    }
    Vector[] operands = hashed ? java.util.Arrays.copyOfRange(values, slots, values.length) : null;
    SubplanRun run = frame.execution.subplans().run(id);
    Vector result = frame.register(register, type);
    Object shared = slots == 0 && count > 0 ? run.answer(frame.execution, NO_VALUES) : null;
    for (int n = 0; n < count; n++) {
      int row = selected == null ? n : selected[n];
      Object answer = shared == null ? run.answer(frame.execution, key(values, row)) : shared;
      if (hashed) {
        ((HashedRows) answer).test(operands, row, result);
      } else {
        result.set(row, ((Value[]) answer)[field]);
      }
    }
    return result;
  }
}
