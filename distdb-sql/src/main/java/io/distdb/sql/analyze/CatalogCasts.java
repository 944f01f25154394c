// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.SqlType;
import java.util.Set;

/** What it takes to convert to and from the types of the catalog: PostgreSQL's pg_cast for them. */
final class CatalogCasts {
  private static final Set<SqlType> WHOLE =
      Set.of(SqlType.SMALLINT, SqlType.INTEGER, SqlType.BIGINT);
  private static final Set<SqlType> STRINGS =
      Set.of(SqlType.TEXT, SqlType.VARCHAR, SqlType.CHAR, SqlType.NAME);

  /** Those that their own text, and nothing else, converts to and from. */
  private static final Set<SqlType> TEXTUAL =
      Set.of(
          SqlType.XID,
          SqlType.Scalar.ACLITEM,
          SqlType.Scalar.NODE_TREE,
          SqlType.Scalar.LSN,
          SqlType.Scalar.INET,
          SqlType.Scalar.ANYARRAY);

  private CatalogCasts() {}

  /** Whether one of the types is of the catalog; both are without modifiers. */
  static boolean concern(SqlType from, SqlType to) {
    return isOfCatalog(from) || isOfCatalog(to);
  }

  private static boolean isOfCatalog(SqlType type) {
    return type == SqlType.NAME
        || type == SqlType.INTERNAL_CHAR
        || isNumber(type)
        || TEXTUAL.contains(type);
  }

  /** OID, and what has one. */
  static boolean isNumber(SqlType type) {
    return type == SqlType.OID || isReference(type);
  }

  static boolean isReference(SqlType type) {
    return type instanceof SqlType.Scalar scalar && scalar.isReference();
  }

  /** Of two different types without modifiers of which one is of the catalog. */
  static CastStrength strength(SqlType from, SqlType to) {
    if (isNumber(from) || isNumber(to)) {
      return ofNumbers(from, to);
    }
    if (from == SqlType.INTERNAL_CHAR || to == SqlType.INTERNAL_CHAR) {
      return ofInternalChar(from, to);
    }
    if (TEXTUAL.contains(from)) {
      boolean implicit = from == SqlType.Scalar.NODE_TREE && to == SqlType.TEXT;
      return implicit
          ? CastStrength.IMPLICIT
          : STRINGS.contains(to) ? CastStrength.ASSIGNMENT : CastStrength.NONE;
    }
    if (TEXTUAL.contains(to)) {
      return STRINGS.contains(from) ? CastStrength.EXPLICIT : CastStrength.NONE;
    }
    if (to == SqlType.NAME) {
      return STRINGS.contains(from) ? CastStrength.IMPLICIT : CastStrength.ASSIGNMENT;
    }
    return to == SqlType.TEXT
        ? CastStrength.IMPLICIT
        : STRINGS.contains(to) ? CastStrength.ASSIGNMENT : CastStrength.EXPLICIT;
  }

  private static CastStrength ofNumbers(SqlType from, SqlType to) {
    if (isNumber(from) && isNumber(to)) {
      return isImplicitReference(from, to) ? CastStrength.IMPLICIT : CastStrength.NONE;
    }
    if (isNumber(to)) {
      boolean named = to == SqlType.REGCLASS && (from == SqlType.TEXT || from == SqlType.VARCHAR);
      if (WHOLE.contains(from) || named) {
        return CastStrength.IMPLICIT;
      }
      return STRINGS.contains(from) ? CastStrength.EXPLICIT : CastStrength.NONE;
    }
    boolean assigned = to == SqlType.INTEGER || to == SqlType.BIGINT || STRINGS.contains(to);
    return assigned ? CastStrength.ASSIGNMENT : CastStrength.NONE;
  }

  /** To a number and back, and from functions and operators to themselves with arguments. */
  private static boolean isImplicitReference(SqlType from, SqlType to) {
    boolean plain = from == SqlType.OID || to == SqlType.OID;
    Set<SqlType> both = Set.of(from, to);
    return plain
        || both.equals(Set.of(SqlType.REGPROC, SqlType.Scalar.REGPROCEDURE))
        || both.equals(Set.of(SqlType.Scalar.REGOPER, SqlType.Scalar.REGOPERATOR));
  }

  private static CastStrength ofInternalChar(SqlType from, SqlType to) {
    if (from == SqlType.INTERNAL_CHAR) {
      return to == SqlType.TEXT
          ? CastStrength.IMPLICIT
          : STRINGS.contains(to)
              ? CastStrength.ASSIGNMENT
              : to == SqlType.INTEGER ? CastStrength.EXPLICIT : CastStrength.NONE;
    }
    return STRINGS.contains(from)
        ? CastStrength.ASSIGNMENT
        : from == SqlType.INTEGER ? CastStrength.EXPLICIT : CastStrength.NONE;
  }
}
