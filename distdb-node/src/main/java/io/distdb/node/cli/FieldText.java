// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.function.TypeInput;

/** Reads the field of a file as a value of a column's type, by PostgreSQL's input rules. */
final class FieldText {
  private FieldText() {}

  /**
   * The value of {@code field}; null is NULL.
   *
   * @throws io.distdb.api.error.DistDbException as {@link TypeInput#read} does
   */
  static Value parse(String field, SqlType type) {
    return field == null ? Value.NULL : TypeInput.read(field, type);
  }
}
