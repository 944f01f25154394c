// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.DataStatement.Overriding;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.catalog.TableColumn.Identity;
import java.util.Optional;

/** What may be put into identity columns. */
final class IdentityColumns {
  private static final Optional<Identity> ALWAYS = Optional.of(Identity.ALWAYS);

  private IdentityColumns() {}

  /**
   * Whether a given value goes into {@code column}; otherwise its next number does.
   *
   * @throws DistDbException {@code GENERATED_ALWAYS}
   */
  static boolean takes(TableColumn column, Overriding overriding, SourceSpan span) {
    if (column.identity().isEmpty()) {
      return true;
    }
    if (overriding == Overriding.USER) {
      return false;
    }
    if (column.identity().equals(ALWAYS) && overriding == Overriding.NOTHING) {
      throw new DistDbException(
              ErrorCode.GENERATED_ALWAYS,
              "cannot insert a non-DEFAULT value into column \"" + column.name() + "\"")
          .withDetail(
              "Column \"" + column.name() + "\" is an identity column defined as GENERATED ALWAYS.")
          .withHint("Use OVERRIDING SYSTEM VALUE to override.")
          .at(span.position());
    }
    return true;
  }

  static void refuseUpdate(TableColumn column, SourceSpan span) {
    if (column.identity().equals(ALWAYS)) {
      throw new DistDbException(
              ErrorCode.GENERATED_ALWAYS,
              "column \"" + column.name() + "\" can only be updated to DEFAULT")
          .withDetail(
              "Column \"" + column.name() + "\" is an identity column defined as GENERATED ALWAYS.")
          .at(span.position());
    }
  }
}
