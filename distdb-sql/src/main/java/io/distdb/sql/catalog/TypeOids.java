// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** PostgreSQL's numbers of types and what it writes of their modifiers. */
public final class TypeOids {
  /** What a modifier of a length has on top of it: the header that PostgreSQL's values have. */
  private static final int HEADER = 4;

  /** Of INTERVAL: all fields. */
  private static final int ALL_FIELDS = 0x7fff;

  /** Of rows. */
  public static final long RECORD = 2249;

  /** Of {@link RowType#VOID}. */
  public static final long VOID = 2278;

  private static final Map<SqlType, Long> OIDS = oids();
  private static final Map<Long, SqlType> TYPES = types();

  private TypeOids() {}

  private static Map<SqlType, Long> oids() {
    Map<SqlType, Long> oids = new LinkedHashMap<>();
    for (SqlType.Scalar scalar : SqlType.Scalar.values()) {
      oids.put(scalar, ofScalar(scalar));
      if (ofArrayOf(scalar) != 0) {
        oids.put(SqlType.arrayOf(scalar), ofArrayOf(scalar));
      }
    }
    oids.put(SqlType.INT2VECTOR, 22L);
    oids.put(SqlType.OIDVECTOR, 30L);
    return oids;
  }

  private static Map<Long, SqlType> types() {
    Map<Long, SqlType> types = new LinkedHashMap<>();
    OIDS.forEach((type, oid) -> types.put(oid, type));
    return types;
  }

  private static long ofScalar(SqlType.Scalar scalar) {
    return switch (scalar) {
      case BOOLEAN -> 16;
      case BYTEA -> 17;
      case INTERNAL_CHAR -> 18;
      case NAME -> 19;
      case BIGINT -> 20;
      case SMALLINT -> 21;
      case INTEGER -> 23;
      case REGPROC -> 24;
      case TEXT -> 25;
      case OID -> 26;
      case XID -> 28;
      case NODE_TREE -> 194;
      case REAL -> 700;
      case DOUBLE_PRECISION -> 701;
      case INET -> 869;
      case JSON -> 114;
      case ACLITEM -> 1033;
      case CHAR -> 1042;
      case VARCHAR -> 1043;
      case DATE -> 1082;
      case TIME -> 1083;
      case TIMESTAMP -> 1114;
      case TIMESTAMPTZ -> 1184;
      case INTERVAL -> 1186;
      case NUMERIC -> 1700;
      case REGPROCEDURE -> 2202;
      case REGOPER -> 2203;
      case REGOPERATOR -> 2204;
      case REGCLASS -> 2205;
      case REGTYPE -> 2206;
      case ANYARRAY -> 2277;
      case UUID -> 2950;
      case LSN -> 3220;
      case REGNAMESPACE -> 4089;
      case REGROLE -> 4096;
      case REGCOLLATION -> 4191;
    };
  }

  /** 0 for what PostgreSQL has no arrays of. */
  private static long ofArrayOf(SqlType.Scalar scalar) {
    return switch (scalar) {
      case BOOLEAN -> 1000;
      case BYTEA -> 1001;
      case INTERNAL_CHAR -> 1002;
      case NAME -> 1003;
      case BIGINT -> 1016;
      case SMALLINT -> 1005;
      case INTEGER -> 1007;
      case REGPROC -> 1008;
      case TEXT -> 1009;
      case OID -> 1028;
      case XID -> 1011;
      case NODE_TREE, ANYARRAY -> 0;
      case REAL -> 1021;
      case DOUBLE_PRECISION -> 1022;
      case INET -> 1041;
      case JSON -> 199;
      case ACLITEM -> 1034;
      case CHAR -> 1014;
      case VARCHAR -> 1015;
      case DATE -> 1182;
      case TIME -> 1183;
      case TIMESTAMP -> 1115;
      case TIMESTAMPTZ -> 1185;
      case INTERVAL -> 1187;
      case NUMERIC -> 1231;
      case REGPROCEDURE -> 2207;
      case REGOPER -> 2208;
      case REGOPERATOR -> 2209;
      case REGCLASS -> 2210;
      case REGTYPE -> 2211;
      case UUID -> 2951;
      case LSN -> 3221;
      case REGNAMESPACE -> 4090;
      case REGROLE -> 4097;
      case REGCOLLATION -> 4192;
    };
  }

  /** The number of a type, modifiers aside; 0 for an array that PostgreSQL does not have. */
  public static long of(SqlType type) {
    if (type instanceof RowType row) {
      return row.equals(RowType.VOID) ? VOID : RECORD;
    }
    return OIDS.getOrDefault(type.unmodified(), 0L);
  }

  /** The type of a number; absent when DistDB has none. */
  public static Optional<SqlType> type(long oid) {
    return Optional.ofNullable(TYPES.get(oid));
  }

  /** As {@code pg_attribute.atttypmod}; -1 without modifiers. */
  public static int modifier(SqlType type) {
    return switch (type) {
      case SqlType.Scalar scalar -> -1;
      case SqlType.Array array -> modifier(array.element());
      case RowType row -> -1;
      case SqlType.Modified modified -> modifier(modified);
    };
  }

  private static int modifier(SqlType.Modified type) {
    int size = type.size();
    if (type.base() == SqlType.Scalar.NUMERIC) {
      return (size << 16 | type.scale() & 0x7ff) + HEADER;
    }
    if (type.base() == SqlType.Scalar.INTERVAL) {
      return ALL_FIELDS << 16 | size;
    }
    boolean text = type.base() == SqlType.Scalar.VARCHAR || type.base() == SqlType.Scalar.CHAR;
    return text ? size + HEADER : size;
  }

  /** The type of a number and a modifier, which is -1 or what {@link #modifier} says. */
  public static Optional<SqlType> type(long oid, int modifier) {
    return type(oid).map(bare -> modifier < 0 ? bare : modified(bare, modifier));
  }

  private static SqlType modified(SqlType bare, int modifier) {
    if (bare instanceof SqlType.Array array) {
      return array.vector() ? array : SqlType.arrayOf(modified(array.element(), modifier));
    }
    SqlType.Scalar scalar = SqlType.scalarOf(bare).orElseThrow();
    return switch (scalar) {
      case VARCHAR, CHAR ->
          modifier > HEADER ? new SqlType.Modified(scalar, modifier - HEADER, 0) : scalar;
      case NUMERIC -> {
        int bits = modifier - HEADER;
        int scale = (bits & 0x7ff ^ 0x400) - 0x400;
        yield modifier < HEADER ? scalar : new SqlType.Modified(scalar, bits >>> 16, scale);
      }
      case TIME, TIMESTAMP, TIMESTAMPTZ -> new SqlType.Modified(scalar, modifier, 0);
      case INTERVAL -> {
        int digits = modifier & 0xffff;
        yield digits <= 6 ? new SqlType.Modified(scalar, digits, 0) : scalar;
      }
      case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, TEXT, BYTEA -> scalar;
      case DATE, UUID, OID, NAME, INTERNAL_CHAR, REGCLASS, REGTYPE, REGPROC -> scalar;
      case REGPROCEDURE, REGOPER, REGOPERATOR, REGNAMESPACE, REGROLE, REGCOLLATION -> scalar;
      case XID, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY -> scalar;
    };
  }
}
