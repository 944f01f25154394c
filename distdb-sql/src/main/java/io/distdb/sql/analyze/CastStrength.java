// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;

/**
 * What it takes to convert one type to another: PostgreSQL's table pg_cast for our types, and the
 * rule that everything can be assigned to a string type and cast from it. Modifiers do not count.
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
    if (from.unmodified().equals(to.unmodified())) {
      return IMPLICIT;
    }
    if (from instanceof SqlType.Array source && to instanceof SqlType.Array target) {
      return target.vector() ? NONE : of(source.element(), target.element());
    }
    if (CatalogCasts.concern(from.unmodified(), to.unmodified())) {
      return CatalogCasts.strength(from.unmodified(), to.unmodified());
    }
    TypeCategory source = TypeCategory.of(from);
    TypeCategory target = TypeCategory.of(to);
    if (target == TypeCategory.STRING) {
      return source == TypeCategory.STRING ? IMPLICIT : ASSIGNMENT;
    }
    if (source == TypeCategory.STRING) {
      return EXPLICIT;
    }
    if (source == TypeCategory.NUMBER && target == TypeCategory.NUMBER) {
      return rank(from) < rank(to) ? IMPLICIT : ASSIGNMENT;
    }
    return ofOthers(from.unmodified(), to.unmodified());
  }

  private static CastStrength ofOthers(SqlType from, SqlType to) {
    boolean booleanInteger =
        from == SqlType.BOOLEAN && to == SqlType.INTEGER
            || from == SqlType.INTEGER && to == SqlType.BOOLEAN;
    if (booleanInteger) {
      return EXPLICIT;
    }
    boolean widens =
        from == SqlType.DATE && (to == SqlType.TIMESTAMP || to == SqlType.TIMESTAMPTZ)
            || from == SqlType.TIMESTAMP && to == SqlType.TIMESTAMPTZ
            || from == SqlType.TIME && to == SqlType.INTERVAL;
    if (widens) {
      return IMPLICIT;
    }
    boolean narrows =
        from == SqlType.TIMESTAMP && (to == SqlType.DATE || to == SqlType.TIME)
            || from == SqlType.TIMESTAMPTZ
                && (to == SqlType.DATE || to == SqlType.TIME || to == SqlType.TIMESTAMP)
            || from == SqlType.INTERVAL && to == SqlType.TIME;
    return narrows ? ASSIGNMENT : NONE;
  }

  static boolean isNumber(SqlType type) {
    return rank(type) > 0;
  }

  /** Position among the numbers in the order of implicit casts, from 1; 0 for other types. */
  static int rank(SqlType type) {
    return switch (type) {
      case SqlType.Modified modified -> rank(modified.base());
      case SqlType.Array array -> 0;
      case RowType row -> 0;
      case SqlType.Scalar scalar ->
          switch (scalar) {
            case SMALLINT -> 1;
            case INTEGER -> 2;
            case BIGINT -> 3;
            case NUMERIC -> 4;
            case REAL -> 5;
            case DOUBLE_PRECISION -> 6;
            case BOOLEAN, TEXT, VARCHAR, CHAR, BYTEA, DATE, TIME -> 0;
            case TIMESTAMP, TIMESTAMPTZ, INTERVAL, UUID, OID, XID -> 0;
            case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR -> 0;
            case REGNAMESPACE, REGROLE, REGCOLLATION -> 0;
            case NAME, INTERNAL_CHAR, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY -> 0;
          };
    };
  }
}
