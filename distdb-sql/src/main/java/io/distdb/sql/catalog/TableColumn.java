// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.Bytes;
import io.distdb.api.type.SqlType;
import java.util.Optional;

/**
 * A column of a table.
 *
 * @param defaultText the expression that DEFAULT was given, as it was written
 * @param identity whether {@code defaultText} is that of an identity column
 * @param missing what rows have that are older than the column, as a row of that one column; NULL
 *     without it
 * @param collation under which name its texts have the one order that there is; absent: the default
 */
public record TableColumn(
    String name,
    SqlType type,
    boolean notNull,
    Optional<String> defaultText,
    Optional<Identity> identity,
    Optional<Bytes> missing,
    Optional<String> collation) {
  /** {@code GENERATED … AS IDENTITY}. */
  public enum Identity {
    ALWAYS,
    BY_DEFAULT
  }

  /** Without a default. */
  public TableColumn(String name, SqlType type, boolean notNull) {
    this(
        name,
        type,
        notNull,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public TableColumn withName(String newName) {
    return new TableColumn(newName, type, notNull, defaultText, identity, missing, collation);
  }

  /** Of another type: stored anew, so that nothing is missing. */
  public TableColumn withType(SqlType newType, Optional<String> newCollation) {
    return new TableColumn(
        name, newType, notNull, defaultText, identity, Optional.empty(), newCollation);
  }

  public TableColumn withNotNull(boolean newNotNull) {
    return new TableColumn(name, type, newNotNull, defaultText, identity, missing, collation);
  }

  public TableColumn withDefault(Optional<String> newText, Optional<Identity> newIdentity) {
    return new TableColumn(name, type, notNull, newText, newIdentity, missing, collation);
  }

  public TableColumn withMissing(Optional<Bytes> newMissing) {
    return new TableColumn(name, type, notNull, defaultText, identity, newMissing, collation);
  }
}
