// SPDX-License-Identifier: MIT
package io.distdb.sql.logical;

import java.util.Set;

/**
 * How COPY writes rows as bytes (PostgreSQL, "COPY", File Formats); texts are UTF-8. All but {@code
 * kind} is of the formats that are text.
 *
 * @param nullText what stands for NULL; in CSV without quotes
 * @param quote of CSV
 * @param escape of CSV: what stands before a quote or itself within quotes
 * @param forced positions of the columns that FORCE_QUOTE or FORCE_NOT_NULL name
 * @param forcedNull positions of the columns that FORCE_NULL names
 */
public record CopyFormat(
    Kind kind,
    char delimiter,
    String nullText,
    Header header,
    char quote,
    char escape,
    Set<Integer> forced,
    Set<Integer> forcedNull) {
  /** What a file looks like. */
  public enum Kind {
    TEXT,
    CSV,
    BINARY
  }

  /** The first line. */
  public enum Header {
    NONE,
    /** Has the names of the columns; they are not looked at. */
    PRESENT,
    /** Has the names of the columns, which must be right. */
    MATCH
  }

  public boolean csv() {
    return kind == Kind.CSV;
  }

  public boolean binary() {
    return kind == Kind.BINARY;
  }

  public CopyFormat {
    forced = Set.copyOf(forced);
    forcedNull = Set.copyOf(forcedNull);
  }
}
