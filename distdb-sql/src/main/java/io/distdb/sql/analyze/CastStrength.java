// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.SqlType;

/**
 * What it takes to convert one type to another: PostgreSQL's table pg_cast for our types, and the
 * rule that everything can be assigned to text and cast from it.
 */
enum CastStrength {
  /** Anywhere, unasked. */
  IMPLICIT,
  /** Unasked, into a column. */
  ASSIGNMENT,
  /** By CAST alone. */
  EXPLICIT,
  NONE;

  /**
   * Whether a conversion of strength {@code this} may be made in a place that allows {@code place}.
   */
  boolean isAllowedIn(CastStrength place) {
    return this != NONE && ordinal() <= place.ordinal();
  }

  static CastStrength of(SqlType from, SqlType to) {
    if (from.equals(to)) {
      return IMPLICIT;
    }
    if (to.equals(SqlType.TEXT)) {
      return ASSIGNMENT;
    }
    if (from.equals(SqlType.TEXT)) {
      return EXPLICIT;
    }
    if (isNumber(from) && isNumber(to)) {
      return rank(from) < rank(to) ? IMPLICIT : ASSIGNMENT;
    }
    boolean booleanInteger =
        (from.equals(SqlType.BOOLEAN) && to.equals(SqlType.INTEGER))
            || (from.equals(SqlType.INTEGER) && to.equals(SqlType.BOOLEAN));
    return booleanInteger ? EXPLICIT : NONE;
  }

  static boolean isNumber(SqlType type) {
    return rank(type) > 0;
  }

  /** Position among the numbers, narrowest first; 0 for other types. */
  static int rank(SqlType type) {
    return switch (type) {
      case SqlType.Scalar scalar ->
          switch (scalar) {
            case INTEGER -> 1;
            case BIGINT -> 2;
            case DOUBLE_PRECISION -> 3;
            case BOOLEAN, TEXT -> 0;
          };
    };
  }
}
