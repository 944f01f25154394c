// SPDX-License-Identifier: MIT
package io.distdb.sql.external;

import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;

/** The kinds of values as far as their text and binary forms differ. */
public enum ValueForm {
  BOOLEAN,
  SMALLINT,
  INTEGER,
  BIGINT,
  REAL,
  DOUBLE_PRECISION,
  NUMERIC,
  /** TEXT, VARCHAR, CHAR, NAME, "char" and the types of the catalog that are texts. */
  TEXT,
  BYTEA,
  DATE,
  TIME,
  TIMESTAMP,
  TIMESTAMPTZ,
  INTERVAL,
  UUID,
  /** OID, XID. */
  OID,
  /** REGCLASS and its like: their number in binary, their name in text. */
  REFERENCE,
  ARRAY,
  /** Rows as values, which only go out. */
  ROW;

  public static ValueForm of(SqlType type) {
    return switch (type) {
      case SqlType.Scalar scalar -> of(scalar);
      case SqlType.Modified modified -> of(modified.base());
      case SqlType.Array array -> ARRAY;
      case RowType row -> ROW;
    };
  }

  private static ValueForm of(SqlType.Scalar scalar) {
    return switch (scalar) {
      case BOOLEAN -> BOOLEAN;
      case SMALLINT -> SMALLINT;
      case INTEGER -> INTEGER;
      case BIGINT -> BIGINT;
      case REAL -> REAL;
      case DOUBLE_PRECISION -> DOUBLE_PRECISION;
      case NUMERIC -> NUMERIC;
      case TEXT, VARCHAR, CHAR -> TEXT;
      case BYTEA -> BYTEA;
      case DATE -> DATE;
      case TIME -> TIME;
      case TIMESTAMP -> TIMESTAMP;
      case TIMESTAMPTZ -> TIMESTAMPTZ;
      case INTERVAL -> INTERVAL;
      case UUID -> UUID;
      case NAME, INTERNAL_CHAR, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY -> TEXT;
      case OID, XID -> OID;
      case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR -> REFERENCE;
      case REGNAMESPACE, REGROLE, REGCOLLATION -> REFERENCE;
    };
  }
}
