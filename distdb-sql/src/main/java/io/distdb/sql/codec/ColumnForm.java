// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;

/** How the values of a type are kept: the slot of a row, the kind of array in memory. */
public enum ColumnForm {
  /** 0 or 1. */
  BOOLEAN(1),
  /** SMALLINT. */
  SHORT(2),
  /** INTEGER, DATE. */
  INT(4),
  /** BIGINT, TIME, TIMESTAMP, TIMESTAMPTZ, OID. */
  LONG(8),
  /** REAL. */
  FLOAT(4),
  DOUBLE(8),
  /** TEXT, VARCHAR, NAME, "char". */
  TEXT(0),
  /** CHAR: as TEXT in rows, with its blanks; its keys and its order are without them. */
  PADDED_TEXT(0),
  /**
   * NUMERIC, BYTEA, INTERVAL, UUID, REGCLASS and its like, arrays: bytes in rows, objects in
   * memory.
   */
  OBJECT(0);

  private final int bytes;

  ColumnForm(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of a slot of fixed size; 0 when the size varies. */
  int bytes() {
    return bytes;
  }

  /** Whether every value takes the same room in a row. */
  public boolean isFixed() {
    return bytes > 0;
  }

  public static ColumnForm of(SqlType type) {
    return switch (type) {
      case SqlType.Scalar scalar -> of(scalar);
      case SqlType.Modified modified -> of(modified.base());
      case SqlType.Array array -> OBJECT;
      case RowType row -> OBJECT;
    };
  }

  /** Whether values of {@code type} are texts. */
  public static boolean isText(SqlType type) {
    ColumnForm form = of(type);
    return form == TEXT || form == PADDED_TEXT;
  }

  private static ColumnForm of(SqlType.Scalar scalar) {
    return switch (scalar) {
      case BOOLEAN -> BOOLEAN;
      case SMALLINT -> SHORT;
      case INTEGER, DATE -> INT;
      case BIGINT, TIME, TIMESTAMP, TIMESTAMPTZ, OID, XID -> LONG;
      case REAL -> FLOAT;
      case DOUBLE_PRECISION -> DOUBLE;
      case TEXT, VARCHAR -> TEXT;
      case NAME, INTERNAL_CHAR, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY -> TEXT;
      case CHAR -> PADDED_TEXT;
      case NUMERIC, BYTEA, INTERVAL, UUID -> OBJECT;
      case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR -> OBJECT;
      case REGNAMESPACE, REGROLE, REGCOLLATION -> OBJECT;
    };
  }
}
