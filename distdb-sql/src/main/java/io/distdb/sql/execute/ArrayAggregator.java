// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.util.ArrayList;
import java.util.List;

/** {@code array_agg}: the values, NULLs as well, as an array of one dimension. */
final class ArrayAggregator implements Aggregator {
  private final SqlType element;
  private final List<List<Value>> groups = new ArrayList<>();

  ArrayAggregator(SqlType element) {
    this.element = element;
  }

  @Override
  public void ensure(int count) {
    while (groups.size() < count) {
      groups.add(null);
    }
  }

  @Override
  public void add(int group, Vector argument, int row) {
    if (groups.get(group) == null) {
      groups.set(group, new ArrayList<>());
    }
    groups.get(group).add(argument.get(row));
  }

  @Override
  public void result(int group, Vector target, int at) {
    List<Value> values = groups.get(group);
    target.nulls[at] = values == null;
    target.objects[at] = values == null ? null : SqlArray.of(element, values);
  }
}
