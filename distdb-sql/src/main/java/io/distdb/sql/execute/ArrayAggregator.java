// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.vector.Values;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/** {@code array_agg}: the values in the order in which they come, NULLs among them. */
final class ArrayAggregator implements Aggregator {
  private final SqlType elementType;

  /** For each group its values; null for none. */
  private final List<List<Value>> values = new ArrayList<>();

  private long heldBytes;

  ArrayAggregator(SqlType elementType) {
    this.elementType = elementType;
  }

  @Override
  public void ensure(int groups) {
    while (values.size() < groups) {
      values.add(null);
    }
  }

  @Override
  public void add(int group, Vector argument, int row) {
    if (values.get(group) == null) {
      values.set(group, new ArrayList<>());
    }
    boolean whole = !argument.nulls[row] && argument.longs != null;
    Value value = whole ? Values.of(elementType, argument.longs[row]) : argument.get(row);
    values.get(group).add(value);
    heldBytes += Values.heapBytes(value);
  }

  @Override
  public long heldBytes() {
    return heldBytes;
  }

  @Override
  public boolean gathers() {
    return true;
  }

  @Override
  public void giveBack(ColumnBuffer target) {
    Batch row = new Batch(ColumnBuffer.like(target));
    row.setDense(1);
    for (int group = 0; group < values.size(); group++) {
      List<Value> collected = values.set(group, null);
      row.columns[0].longs[0] = group;
      for (int i = 0; collected != null && i < collected.size(); i++) {
        row.columns[1].set(0, collected.get(i));
        target.append(row);
      }
    }
  }

  /** Arrays become one of a dimension more. */
  private SqlArray array(List<Value> collected) {
    return elementType instanceof SqlType.Array arrays
        ? SubplanArrays.ofArrays(arrays.element(), collected)
        : SqlArray.of(elementType, collected);
  }

  @Override
  public void result(int group, Vector target, int at) {
    List<Value> collected = values.get(group);
    target.nulls[at] = collected == null;
    target.objects[at] = collected == null ? null : array(collected);
  }
}
