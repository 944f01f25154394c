// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/** Casts an array element by element; the elements of a row are a batch of their own. */
final class ArrayCastKernel implements Kernel {
  private final int register;
  private final SqlType.Array source;
  private final SqlType.Array target;
  private final Kernel operand;
  private final Kernel element;

  /**
   * @param source without modifiers, as is {@code target}
   */
  ArrayCastKernel(int register, SqlType.Array source, SqlType.Array target, Kernel operand) {
    this.register = register;
    this.source = source;
    this.target = target;
    this.operand = operand;
    element =
        CastKernels.of(
            0,
            source.element(),
            target.element(),
            true,
            (frame, selected, count) -> frame.input[0]);
  }

  @Override
  public Vector evaluate(Frame frame, int[] selected, int count) {
    Vector value = operand.evaluate(frame, selected, count);
    Vector result = frame.register(register, target);
    for (int n = 0; n < count; n++) {
      int row = selected == null ? n : selected[n];
      result.nulls[row] = value.nulls[row];
      if (!value.nulls[row]) {
        result.objects[row] = cast((SqlArray) value.objects[row], frame);
      }
    }
    return result;
  }

  private SqlArray cast(SqlArray array, Frame outer) {
    int count = array.elements().size();
    Vector elements = new Vector(source.element(), count);
    for (int i = 0; i < count; i++) {
      elements.set(i, array.elements().get(i));
    }
    Frame frame = new Frame(CastKernels.REGISTERS, outer.parameters, outer.execution);
    frame.begin(new Vector[] {elements}, count);
    Vector converted = element.evaluate(frame, null, count);
    Vector typed = new Vector(target.element(), 1);
    List<Value> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      typed.set(0, converted, i);
      values.add(typed.get(0));
    }
    return new SqlArray(target.element(), array.dimensions(), values);
  }
}
