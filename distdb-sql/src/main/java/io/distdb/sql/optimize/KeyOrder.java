// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.api.index.Direction;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.SortKey;
import java.util.List;
import java.util.Optional;

/** The order in which an index, or the rows themselves, keep the columns of their key. */
record KeyOrder(Table table, List<IndexDefinition.Part> parts) {
  static KeyOrder ofPrimaryKey(Table table) {
    return new KeyOrder(
        table,
        table.primaryKey().stream()
            .map(ordinal -> new IndexDefinition.Part(ordinal, false, false))
            .toList());
  }

  static KeyOrder of(Table table, IndexDefinition index) {
    return new KeyOrder(table, index.parts());
  }

  List<Integer> ordinals() {
    return parts.stream().map(IndexDefinition.Part::ordinal).toList();
  }

  /**
   * The direction in which a walk, with the leading columns fixed by {@code equal}, gives {@code
   * order}; null when neither does, or nothing was asked.
   */
  Direction direction(List<SortKey> order, List<KeyMatch> equal, Relation.Scan scan) {
    if (order.isEmpty()) {
      return null;
    }
    int next = equal.size();
    Direction direction = null;
    for (SortKey key : order) {
      int position = scan.output().indexOf(key.variable());
      int ordinal = position < 0 ? -1 : scan.ordinals().get(position);
      if (equal.stream().anyMatch(m -> m.ordinal() == ordinal && m.values().size() == 1)) {
        continue;
      }
      if (next == parts.size() || parts.get(next).ordinal() != ordinal) {
        return null;
      }
      Optional<Direction> of = direction(parts.get(next++), key);
      if (of.isEmpty() || direction != null && direction != of.get()) {
        return null;
      }
      direction = of.get();
    }
    return direction == null ? Direction.FORWARD : direction;
  }

  private Optional<Direction> direction(IndexDefinition.Part part, SortKey key) {
    boolean forward = part.descending() == key.descending();
    boolean nullsFit =
        table.columns().get(part.ordinal()).notNull()
            || table.primaryKey().contains(part.ordinal())
            || (part.nullsFirst() == key.nullsFirst()) == forward;
    return nullsFit
        ? Optional.of(forward ? Direction.FORWARD : Direction.BACKWARD)
        : Optional.empty();
  }
}
