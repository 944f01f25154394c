// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.TableId;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import java.util.List;

/** A secondary index. Its entries end in the key of their row. */
public record IndexDefinition(
    IndexId id, String name, TableId table, List<Part> parts, IndexKind kind, boolean unique) {
  public IndexDefinition {
    parts = List.copyOf(parts);
  }

  /**
   * One column of the key.
   *
   * @param ordinal position in {@link Table#columns}
   */
  public record Part(int ordinal, boolean descending, boolean nullsFirst) {}
}
