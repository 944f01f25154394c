// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.SqlType.Scalar;

/**
 * PostgreSQL's numbers of types (its catalog {@code pg_type}, which never changes them) as types of
 * DistDB. What DistDB has no type for is text, as the server prints it.
 */
final class RemoteTypes {
  private static final int MODIFIER_HEADER = 4;
  private static final int SCALE_BITS = 11;

  private RemoteTypes() {}

  /**
   * @param modifier as in {@code pg_attribute.atttypmod}; -1 for none
   */
  static SqlType type(int oid, int modifier) {
    return switch (oid) {
      case 16 -> SqlType.BOOLEAN;
      case 21 -> SqlType.SMALLINT;
      case 23 -> SqlType.INTEGER;
      case 20 -> SqlType.BIGINT;
      case 700 -> SqlType.REAL;
      case 701 -> SqlType.DOUBLE_PRECISION;
      case 1700 -> modified(Scalar.NUMERIC, modifier);
      case 25 -> SqlType.TEXT;
      case 1043 -> modified(Scalar.VARCHAR, modifier);
      case 1042 -> modified(Scalar.CHAR, modifier);
      case 17 -> SqlType.BYTEA;
      case 1082 -> SqlType.DATE;
      case 1083 -> modified(Scalar.TIME, modifier);
      case 1114 -> modified(Scalar.TIMESTAMP, modifier);
      case 1184 -> modified(Scalar.TIMESTAMPTZ, modifier);
      case 1186 -> modified(Scalar.INTERVAL, modifier);
      case 2950 -> SqlType.UUID;
      default -> {
        int element = element(oid);
        yield element == 0 ? SqlType.TEXT : SqlType.arrayOf(type(element, modifier));
      }
    };
  }

  /** Of the array type {@code oid}; 0: it is none. */
  private static int element(int oid) {
    return switch (oid) {
      case 1000 -> 16;
      case 1005 -> 21;
      case 1007 -> 23;
      case 1016 -> 20;
      case 1021 -> 700;
      case 1022 -> 701;
      case 1231 -> 1700;
      case 1009 -> 25;
      case 1015 -> 1043;
      case 1014 -> 1042;
      case 1001 -> 17;
      case 1182 -> 1082;
      case 1183 -> 1083;
      case 1115 -> 1114;
      case 1185 -> 1184;
      case 1187 -> 1186;
      case 2951 -> 2950;
      default -> 0;
    };
  }

  private static SqlType modified(Scalar base, int modifier) {
    if (modifier < 0) {
      return base;
    }
    return switch (base) {
      case NUMERIC -> {
        int packed = modifier - MODIFIER_HEADER;
        int scale = packed << (Integer.SIZE - SCALE_BITS) >> (Integer.SIZE - SCALE_BITS);
        yield new SqlType.Modified(base, packed >>> 16, scale);
      }
      case VARCHAR, CHAR -> new SqlType.Modified(base, modifier - MODIFIER_HEADER, 0);
      case INTERVAL -> {
        int digits = modifier & 0xffff;
        yield digits == 0xffff ? base : new SqlType.Modified(base, digits, 0);
      }
      default -> new SqlType.Modified(base, modifier, 0);
    };
  }
}
