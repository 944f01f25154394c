// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code operand IN (many constants)}: one look-up in a set that is built once per execution. */
final class ConstantSetKernel implements Kernel {
  /** Up to so many items are compared one by one. */
  static final int ITEMS_MIN = 8;

  private final int register;
  private final Kernel operand;
  private final List<Kernel> items;
  private final SqlType type;

  ConstantSetKernel(int register, Kernel operand, List<Kernel> items, SqlType type) {
    this.register = register;
    this.operand = operand;
    this.items = List.copyOf(items);
    this.type = type;
  }

  private record Items(Set<Value> values, boolean hasNull) {}

  @Override
  public Vector evaluate(Frame frame, int[] selected, int count) {
    Items set = (Items) frame.remembered(register);
    if (set == null) {
      set = collect(frame);
      frame.remember(register, set);
    }
    Vector value = operand.evaluate(frame, selected, count);
    Vector result = frame.register(register, SqlType.BOOLEAN);
    for (int n = 0; n < count; n++) {
      int row = selected == null ? n : selected[n];
      boolean found = !value.nulls[row] && set.values().contains(normalized(value.get(row)));
      result.longs[row] = found ? 1 : 0;
      result.nulls[row] = value.nulls[row] || !found && set.hasNull();
    }
    return result;
  }

  private Items collect(Frame frame) {
    Set<Value> values = new HashSet<>();
    boolean hasNull = false;
    Vector holder = new Vector(type, 1);
    int[] first = {0};
    for (Kernel item : items) {
      holder.set(0, item.evaluate(frame, first, 1), 0);
      hasNull |= holder.nulls[0];
      if (!holder.nulls[0]) {
        values.add(normalized(holder.get(0)));
      }
    }
    return new Items(values, hasNull);
  }

  /** Equal in Java when equal in SQL: a double record tells -0 from 0. */
  private static Value normalized(Value value) {
    return value instanceof Value.DoubleValue number && number.value() == 0 ? Value.of(0.0) : value;
  }
}
