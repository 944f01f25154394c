// SPDX-License-Identifier: MIT
package io.distdb.api.type;

/**
 * A SQL type. Types without modifiers are {@link Scalar}s; types with modifiers (lengths,
 * precision, element types) will be records beside it.
 */
public sealed interface SqlType permits SqlType.Scalar {
  /** The name as PostgreSQL prints it, such as {@code double precision}. */
  String sqlName();

  /** Types that need no modifier. */
  enum Scalar implements SqlType {
    BOOLEAN("boolean"),
    INTEGER("integer"),
    BIGINT("bigint"),
    DOUBLE_PRECISION("double precision"),
    TEXT("text");

    private final String sqlName;

    Scalar(String sqlName) {
      this.sqlName = sqlName;
    }

    @Override
    public String sqlName() {
      return sqlName;
    }
  }

  SqlType BOOLEAN = Scalar.BOOLEAN;
  SqlType INTEGER = Scalar.INTEGER;
  SqlType BIGINT = Scalar.BIGINT;
  SqlType DOUBLE_PRECISION = Scalar.DOUBLE_PRECISION;
  SqlType TEXT = Scalar.TEXT;
}
