// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The type in which alternatives or the sides of a comparison meet (documentation, 10.5, 10.2). */
final class CommonType {
  private CommonType() {}

  /**
   * Of CASE, COALESCE, VALUES, IN and their like; nothing when they cannot meet. Unknown alone
   * makes text. A modifier is kept when all have it.
   */
  static Optional<SqlType> of(List<Operand> operands) {
    List<SqlType> known = new ArrayList<>();
    for (Operand operand : operands) {
      if (operand.type() != null) {
        known.add(operand.type());
      }
    }
    return known.isEmpty() ? Optional.of(SqlType.TEXT) : ofTypes(known);
  }

  /** Of one type or more. */
  static Optional<SqlType> ofTypes(List<SqlType> types) {
    SqlType first = types.getFirst();
    if (types.stream().allMatch(first::equals)) {
      return Optional.of(first);
    }
    SqlType common = first.unmodified();
    for (SqlType modified : types) {
      SqlType type = modified.unmodified();
      if (type.equals(common)) {
        continue;
      }
      TypeCategory category = TypeCategory.of(type);
      if (category != TypeCategory.of(common)
          || category == TypeCategory.OTHER
          || category == TypeCategory.ARRAY) {
        return Optional.empty();
      }
      boolean widens =
          !TypeCategory.isPreferred(common)
              && isImplicit(common, type)
              && !isImplicit(type, common);
      common = widens ? type : common;
    }
    for (SqlType type : types) {
      if (!isImplicit(type, common)) {
        return Optional.empty();
      }
    }
    return Optional.of(common);
  }

  /** REGCLASS and its like have no operators but those of OID. */
  private static SqlType compared(SqlType type) {
    return CatalogCasts.isReference(type) ? SqlType.OID : type;
  }

  private static boolean isImplicit(SqlType from, SqlType to) {
    return CastStrength.of(from, to) == CastStrength.IMPLICIT;
  }

  /** Of the sides of a comparison: never with modifiers. */
  static Optional<SqlType> ofComparison(Operand left, Operand right) {
    if (left.type() == null || right.type() == null) {
      return of(List.of(left, right)).map(SqlType::unmodified).map(CommonType::compared);
    }
    SqlType a = left.type().unmodified();
    SqlType b = right.type().unmodified();
    if (CatalogCasts.isReference(a) || CatalogCasts.isReference(b)) {
      boolean both = isImplicit(a, SqlType.OID) && isImplicit(b, SqlType.OID);
      return both ? Optional.of(SqlType.OID) : Optional.empty();
    }
    if (TypeCategory.of(a) == TypeCategory.STRING && TypeCategory.of(b) == TypeCategory.STRING) {
      boolean text = a == SqlType.TEXT || b == SqlType.TEXT;
      boolean name = a == SqlType.NAME || b == SqlType.NAME;
      boolean padded = !name && (a == SqlType.CHAR || b == SqlType.CHAR);
      return Optional.of(text ? SqlType.TEXT : padded ? SqlType.CHAR : a == b ? a : SqlType.TEXT);
    }
    if (a != b
        && (a == SqlType.REAL || b == SqlType.REAL)
        && CastStrength.isNumber(a)
        && CastStrength.isNumber(b)) {
      return Optional.of(SqlType.DOUBLE_PRECISION); // as the operators of real and double do
    }
    Optional<SqlType> common = ofTypes(List.of(a, b));
    if (common.isPresent() || TypeCategory.of(a) == TypeCategory.ARRAY) {
      return common;
    }
    if (isImplicit(a, b)) {
      return Optional.of(b);
    }
    return isImplicit(b, a) ? Optional.of(a) : Optional.empty();
  }
}
