// SPDX-License-Identifier: MIT
package io.distdb.sql.external;

import io.distdb.api.type.SqlType;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The numbers by which clients know types (OIDs, {@code pg_type.oid}), and what {@code pg_type} and
 * row descriptions say of their sizes. They are PostgreSQL's: clients have them built in.
 */
public final class TypeNumbers {
  /** Of a literal or parameter whose type is not settled. */
  public static final int UNKNOWN = 705;

  /** Size of a type whose values differ in length. */
  private static final int VARIABLE = -1;

  /** What a modifier is stored with on top, where it would otherwise be the length of a header. */
  private static final int HEADER = 4;

  private static final int NO_MODIFIER = -1;

  /** In an interval's modifier: every field of it may be set. */
  private static final int ALL_FIELDS = 0x7fff;

  private static final Map<Integer, SqlType> TYPES = types();

  private TypeNumbers() {}

  private static Map<Integer, SqlType> types() {
    Map<Integer, SqlType> types = new HashMap<>();
    for (SqlType.Scalar scalar : SqlType.Scalar.values()) {
      types.put(of(scalar), scalar);
      types.put(ofArray(scalar), SqlType.arrayOf(scalar));
    }
    return types;
  }

  public static int of(SqlType type) {
    return switch (type) {
      case SqlType.Scalar scalar -> of(scalar);
      case SqlType.Modified modified -> of(modified.base());
      case SqlType.Array array -> ofArray(SqlType.scalarOf(array.element()).orElseThrow());
    };
  }

  private static int of(SqlType.Scalar scalar) {
    return switch (scalar) {
      case BOOLEAN -> 16;
      case BYTEA -> 17;
      case BIGINT -> 20;
      case SMALLINT -> 21;
      case INTEGER -> 23;
      case TEXT -> 25;
      case REAL -> 700;
      case DOUBLE_PRECISION -> 701;
      case CHAR -> 1042;
      case VARCHAR -> 1043;
      case DATE -> 1082;
      case TIME -> 1083;
      case TIMESTAMP -> 1114;
      case TIMESTAMPTZ -> 1184;
      case INTERVAL -> 1186;
      case NUMERIC -> 1700;
      case UUID -> 2950;
    };
  }

  private static int ofArray(SqlType.Scalar element) {
    return switch (element) {
      case BOOLEAN -> 1000;
      case BYTEA -> 1001;
      case BIGINT -> 1016;
      case SMALLINT -> 1005;
      case INTEGER -> 1007;
      case TEXT -> 1009;
      case REAL -> 1021;
      case DOUBLE_PRECISION -> 1022;
      case CHAR -> 1014;
      case VARCHAR -> 1015;
      case DATE -> 1182;
      case TIME -> 1183;
      case TIMESTAMP -> 1115;
      case TIMESTAMPTZ -> 1185;
      case INTERVAL -> 1187;
      case NUMERIC -> 1231;
      case UUID -> 2951;
    };
  }

  /** The type of a number, without modifiers; absent: DistDB has none of it. */
  public static Optional<SqlType> type(int number) {
    return Optional.ofNullable(TYPES.get(number));
  }

  /** {@code pg_type.typlen}: bytes of a value, or -1. */
  public static int size(SqlType type) {
    return switch (ValueForm.of(type)) {
      case BOOLEAN -> 1;
      case SMALLINT -> 2;
      case INTEGER, REAL, DATE -> 4;
      case BIGINT, DOUBLE_PRECISION, TIME, TIMESTAMP, TIMESTAMPTZ -> 8;
      case INTERVAL, UUID -> 16;
      case NUMERIC, TEXT, BYTEA, ARRAY -> VARIABLE;
    };
  }

  /** {@code pg_attribute.atttypmod}: length or precision, or -1. */
  public static int modifier(SqlType type) {
    return switch (type) {
      case SqlType.Scalar scalar -> NO_MODIFIER;
      case SqlType.Array array -> modifier(array.element());
      case SqlType.Modified modified ->
          switch (ValueForm.of(modified)) {
            case NUMERIC -> (modified.size() << Short.SIZE | modified.scale() & 0x7ff) + HEADER;
            case TEXT -> modified.size() + HEADER;
            case INTERVAL -> ALL_FIELDS << Short.SIZE | modified.size();
            case TIME, TIMESTAMP, TIMESTAMPTZ -> modified.size();
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION -> NO_MODIFIER;
            case BYTEA, DATE, UUID, ARRAY -> NO_MODIFIER;
          };
    };
  }
}
