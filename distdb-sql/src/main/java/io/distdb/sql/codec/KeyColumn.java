// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import java.util.Objects;

/**
 * How one column stands in a key.
 *
 * @param form that of the type
 * @param nullable whether a marker byte precedes the value; columns of a primary key need none
 */
public record KeyColumn(
    SqlType type, ColumnForm form, boolean descending, boolean nullsFirst, boolean nullable) {
  public KeyColumn {
    Objects.requireNonNull(type, "type");
  }

  public KeyColumn(SqlType type, boolean descending, boolean nullsFirst, boolean nullable) {
    this(type, ColumnForm.of(type), descending, nullsFirst, nullable);
  }

  /** A column of a primary key: ascending and never NULL. */
  public static KeyColumn primary(SqlType type) {
    return new KeyColumn(type, false, false, false);
  }

  /** A column of a secondary index. */
  public static KeyColumn indexed(SqlType type, boolean descending, boolean nullsFirst) {
    return new KeyColumn(type, descending, nullsFirst, true);
  }

  /**
   * Whether a value read from a key is the one that was written, and not merely equal to it: keys
   * know neither the sign of a zero nor the scale of a NUMERIC, the blanks of a CHAR, the parts of
   * an INTERVAL.
   */
  public boolean isExact() {
    return isExact(type);
  }

  private static boolean isExact(SqlType type) {
    return switch (type) {
      case SqlType.Modified modified -> isExact(modified.base());
      case SqlType.Array array -> isExact(array.element());
      case RowType row -> false;
      case SqlType.Scalar scalar ->
          switch (scalar) {
            case REAL, DOUBLE_PRECISION, NUMERIC, CHAR, INTERVAL -> false;
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, TEXT, VARCHAR, BYTEA -> true;
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, UUID, OID, XID -> true;
            case NAME, INTERNAL_CHAR, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY -> true;
            case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR -> false;
            case REGNAMESPACE, REGROLE, REGCOLLATION -> false;
          };
    };
  }
}
