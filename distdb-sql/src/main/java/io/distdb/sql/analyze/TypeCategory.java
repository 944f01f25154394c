// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;

/** Groups of types that overload resolution thinks in (PostgreSQL documentation, chapter 10). */
enum TypeCategory {
  BOOLEAN,
  NUMBER,
  STRING,
  DATE_TIME,
  TIMESPAN,
  ARRAY,
  /** Each of these types stands for itself. */
  OTHER;

  static TypeCategory of(SqlType type) {
    return switch (type) {
      case SqlType.Modified modified -> of(modified.base());
      case SqlType.Array array -> ARRAY;
      case RowType row -> OTHER;
      case SqlType.Scalar scalar ->
          switch (scalar) {
            case BOOLEAN -> BOOLEAN;
            case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, NUMERIC -> NUMBER;
            case OID, REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR -> NUMBER;
            case REGNAMESPACE, REGROLE, REGCOLLATION -> NUMBER;
            case TEXT, VARCHAR, CHAR, NAME -> STRING;
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> DATE_TIME;
            case INTERVAL -> TIMESPAN;
            case BYTEA, UUID, INTERNAL_CHAR, XID -> OTHER;
            case ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY -> OTHER;
          };
    };
  }

  /** The type that its category prefers. */
  static boolean isPreferred(SqlType type) {
    return type == SqlType.BOOLEAN
        || type == SqlType.DOUBLE_PRECISION
        || type == SqlType.OID
        || type == SqlType.TEXT
        || type == SqlType.TIMESTAMPTZ
        || type == SqlType.INTERVAL;
  }
}
