// SPDX-License-Identifier: MIT
package io.distdb.sql.external;

import io.distdb.api.type.SqlType;
import io.distdb.sql.catalog.TypeOids;
import java.util.Optional;

/**
 * The numbers by which clients know types (OIDs, {@code pg_type.oid}), and what {@code pg_type} and
 * row descriptions say of their sizes. They are PostgreSQL's: clients have them built in.
 */
public final class TypeNumbers {
  /** Of a literal or parameter whose type is not settled. */
  public static final int UNKNOWN = 705;

  /** Of a parameter that JDBC declares for what a function returns. */
  public static final int VOID = (int) TypeOids.VOID;

  /** Size of a type whose values differ in length. */
  private static final int VARIABLE = -1;

  /** {@code pg_type.typlen} of NAME, whose values differ in length here. */
  private static final int NAME_SIZE = 64;

  private TypeNumbers() {}

  public static int of(SqlType type) {
    return (int) TypeOids.of(type);
  }

  /** The type of a number, without modifiers; absent: DistDB has none of it. */
  public static Optional<SqlType> type(int number) {
    return TypeOids.type(Integer.toUnsignedLong(number));
  }

  /** {@code pg_type.typlen}: bytes of a value, or -1. */
  public static int size(SqlType type) {
    if (type == SqlType.NAME) {
      return NAME_SIZE;
    }
    return switch (ValueForm.of(type)) {
      case BOOLEAN -> 1;
      case SMALLINT -> 2;
      case INTEGER, REAL, DATE, OID, REFERENCE -> 4;
      case BIGINT, DOUBLE_PRECISION, TIME, TIMESTAMP, TIMESTAMPTZ -> 8;
      case INTERVAL, UUID -> 16;
      case TEXT -> type == SqlType.INTERNAL_CHAR ? 1 : VARIABLE;
      case NUMERIC, BYTEA, ARRAY, ROW -> VARIABLE;
    };
  }

  /** {@code pg_attribute.atttypmod}: length or precision, or -1. */
  public static int modifier(SqlType type) {
    return TypeOids.modifier(type);
  }
}
