// SPDX-License-Identifier: MIT
package io.distdb.api.type;

import java.util.List;
import java.util.Objects;

/**
 * A row as a value.
 *
 * @param values one for each field of the type, of its type or {@link Value#NULL}
 */
public record SqlRow(RowType type, List<Value> values) {
  public SqlRow {
    Objects.requireNonNull(type, "type");
    values = List.copyOf(values);
    if (values.size() != type.fields().size()) {
      throw new IllegalArgumentException("not a value for each field");
    }
  }
}
