// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Values;
import java.util.ArrayList;
import java.util.List;

/** {@code ARRAY(query)}: one dimension of values, or one more of arrays that are alike. */
final class SubplanArrays {
  private SubplanArrays() {}

  /**
   * The answer's one column.
   *
   * @param holding told of the size as it grows
   */
  static Value[] collect(Variable column, Operator rows, QueryMemory.Holding holding) {
    List<Value> values = new ArrayList<>();
    long bytes = 0;
    for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
      for (int n = 0; n < batch.count; n++) {
        Value value = batch.columns[0].get(batch.position(n));
        values.add(value);
        bytes += Values.heapBytes(value);
      }
      holding.set(bytes);
    }
    SqlArray array =
        column.type() instanceof SqlType.Array arrays
            ? ofArrays(arrays.element(), values)
            : SqlArray.of(column.type(), values);
    return new Value[] {new Value.ArrayValue(array)};
  }

  /**
   * An array of one dimension more.
   *
   * @throws DistDbException {@code NULL_VALUE_NOT_ALLOWED}, {@code ARRAY_SUBSCRIPT_ERROR}: one is
   *     NULL, empty, or of another shape
   */
  static SqlArray ofArrays(SqlType element, List<Value> arrays) {
    List<Value> elements = new ArrayList<>();
    List<SqlArray.Dimension> dimensions = new ArrayList<>();
    for (Value value : arrays) {
      if (!(value instanceof Value.ArrayValue array)) {
        throw new DistDbException(
            ErrorCode.NULL_VALUE_NOT_ALLOWED, "cannot accumulate null arrays");
      }
      if (array.value().isEmpty()) {
        throw refused("cannot accumulate empty arrays");
      }
      if (dimensions.isEmpty()) {
        dimensions.add(new SqlArray.Dimension(1, arrays.size()));
        dimensions.addAll(array.value().dimensions());
      } else if (!dimensions.subList(1, dimensions.size()).equals(array.value().dimensions())) {
        throw refused("cannot accumulate arrays of different dimensionality");
      }
      elements.addAll(array.value().elements());
    }
    return new SqlArray(element, dimensions, elements);
  }

  private static DistDbException refused(String message) {
    return new DistDbException(ErrorCode.ARRAY_SUBSCRIPT_ERROR, message);
  }
}
