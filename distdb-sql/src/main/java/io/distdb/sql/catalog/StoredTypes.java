// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import java.util.Optional;

/**
 * Types as the catalog keeps them: by {@link SqlType#sqlName}, that of a column with a collation
 * followed by {@code COLLATE} and its name, which older versions refuse to read.
 */
final class StoredTypes {
  private static final String COLLATE = " COLLATE ";

  private StoredTypes() {}

  /** The type of a column, and its collation. */
  record Collated(SqlType type, Optional<String> collation) {}

  static String text(SqlType type, Optional<String> collation) {
    return type.sqlName() + collation.map(name -> COLLATE + name).orElse("");
  }

  /**
   * Reads {@link #text}.
   *
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: a newer version's type
   */
  static Collated collated(String text) {
    int at = text.indexOf(COLLATE);
    return at < 0
        ? new Collated(type(text), Optional.empty())
        : new Collated(
            type(text.substring(0, at)), Optional.of(text.substring(at + COLLATE.length())));
  }

  /**
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: a newer version's type
   */
  static SqlType type(String name) {
    return SqlType.named(name)
        .orElseThrow(() ->
            new DistDbException(
                ErrorCode.INCOMPATIBLE_FORMAT,
                "the catalog has a column of type \""
                    + name
                    + "\", which this version does not know"));
  }
}
