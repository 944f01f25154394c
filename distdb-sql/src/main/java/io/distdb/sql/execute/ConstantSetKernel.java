// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.sql.vector.Vector;
import java.util.List;

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

  private record Items(KeyTable values, boolean hasNull) {}

  @Override
  public Vector evaluate(Frame frame, int[] selected, int count) {
    Items set = (Items) frame.remembered(register);
    if (set == null) {
      set = collect(frame);
      frame.remember(register, set);
    }
    Vector value = operand.evaluate(frame, selected, count);
    Vector[] key = {value};
    Vector result = frame.register(register, SqlType.BOOLEAN);
    for (int n = 0; n < count; n++) {
      int row = selected == null ? n : selected[n];
      boolean found = !value.nulls[row] && set.values().find(key, row) != KeyTable.ABSENT;
      result.longs[row] = found ? 1 : 0;
      result.nulls[row] = value.nulls[row] || !found && set.hasNull();
    }
    return result;
  }

  private Items collect(Frame frame) {
    Vector[] holder = {new Vector(type, 1)};
    KeyTable values = new KeyTable(holder);
    boolean hasNull = false;
    int[] first = {0};
    for (Kernel item : items) {
      holder[0].set(0, item.evaluate(frame, first, 1), 0);
      hasNull |= holder[0].nulls[0];
      if (!holder[0].nulls[0]) {
        values.findOrAdd(holder, 0);
      }
    }
    return new Items(values, hasNull);
  }
}
