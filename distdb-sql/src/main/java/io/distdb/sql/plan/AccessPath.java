// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.logical.Expression;
import java.util.List;
import java.util.Optional;

/**
 * A way to the rows of one table. The expressions of keys have no references, or, on the inner side
 * of an {@link PhysicalPlan.IndexJoin}, references to the outer side. Their type is the column's,
 * or BIGINT for an INTEGER column.
 */
public sealed interface AccessPath {
  /** The secondary index whose entries are read, if one is. */
  default Optional<IndexDefinition> secondaryIndex() {
    return switch (this) {
      case Full ignored -> Optional.empty();
      case RowGet ignored -> Optional.empty();
      case RowRange ignored -> Optional.empty();
      case IndexGet get -> Optional.of(get.index());
      case IndexRange range -> Optional.of(range.index());
    };
  }

  /** Every row, in key order. */
  record Full() implements AccessPath {}

  /** Rows of given primary keys; each key has all columns. */
  record RowGet(List<List<Expression>> keys) implements AccessPath {
    public RowGet {
      keys = keys.stream().map(List::copyOf).toList();
    }
  }

  /** Rows whose primary key is in a range. */
  record RowRange(KeyBounds bounds) implements AccessPath {}

  /** Rows that an index, of either kind, has under given keys; each key has all its columns. */
  record IndexGet(IndexDefinition index, List<List<Expression>> keys) implements AccessPath {
    public IndexGet {
      keys = keys.stream().map(List::copyOf).toList();
    }
  }

  /** Rows that a BTREE index has in a range. */
  record IndexRange(IndexDefinition index, KeyBounds bounds) implements AccessPath {}
}
