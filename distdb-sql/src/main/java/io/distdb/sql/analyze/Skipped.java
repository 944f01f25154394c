// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.ErrorCode;
import io.distdb.sql.logical.BoundStatement;
import java.util.List;

/** Statements that find nothing to do, and say so. */
final class Skipped {
  private Skipped() {}

  /**
   * {@code IF EXISTS} found nothing.
   *
   * @param notices one for each name
   */
  static BoundStatement missing(String commandTag, List<String> notices) {
    return new BoundStatement.Nothing(commandTag, "00000", notices);
  }

  /** {@code IF NOT EXISTS} found a relation. */
  static BoundStatement taken(String commandTag, String name) {
    return new BoundStatement.Nothing(
        commandTag,
        ErrorCode.DUPLICATE_TABLE.sqlState(),
        List.of("relation \"" + name + "\" already exists, skipping"));
  }
}
