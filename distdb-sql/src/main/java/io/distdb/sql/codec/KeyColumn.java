// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import io.distdb.api.type.SqlType;
import java.util.Objects;

/**
 * How one column stands in a key.
 *
 * @param nullable whether a marker byte precedes the value; columns of a primary key need none
 */
public record KeyColumn(
    SqlType.Scalar type, boolean descending, boolean nullsFirst, boolean nullable) {
  public KeyColumn {
    Objects.requireNonNull(type, "type");
  }

  /** A column of a primary key: ascending and never NULL. */
  public static KeyColumn primary(SqlType type) {
    return new KeyColumn(scalar(type), false, false, false);
  }

  /** A column of a secondary index. */
  public static KeyColumn indexed(SqlType type, boolean descending, boolean nullsFirst) {
    return new KeyColumn(scalar(type), descending, nullsFirst, true);
  }

  private static SqlType.Scalar scalar(SqlType type) {
    return switch (type) {
      case SqlType.Scalar scalar -> scalar;
    };
  }
}
