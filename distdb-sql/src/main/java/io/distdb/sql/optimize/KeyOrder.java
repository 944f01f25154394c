// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.api.index.Direction;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.SortKey;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The order in which an index, or the rows themselves, keep the columns of their key.
 *
 * @param parts the columns
 * @param tail what entries of equal columns are ordered by: the row's key
 */
record KeyOrder(Table table, List<IndexDefinition.Part> parts, List<IndexDefinition.Part> tail) {
  static KeyOrder ofPrimaryKey(Table table) {
    return new KeyOrder(table, keyParts(table), List.of());
  }

  static KeyOrder of(Table table, IndexDefinition index) {
    return new KeyOrder(table, index.parts(), keyParts(table));
  }

  private static List<IndexDefinition.Part> keyParts(Table table) {
    return table.primaryKey().stream()
        .map(ordinal -> new IndexDefinition.Part(ordinal, false, false))
        .toList();
  }

  List<Integer> ordinals() {
    return parts.stream().map(IndexDefinition.Part::ordinal).toList();
  }

  /**
   * The direction in which a walk gives {@code order}; null when neither does, or nothing was
   * asked. Columns that {@code matches} hold at one value order nothing; behind the whole primary
   * key there is nothing left to order.
   *
   * @param matches what all rows of the walk satisfy in the end
   */
  Direction direction(List<SortKey> order, List<KeyMatch> matches, Relation.Scan scan) {
    if (order.isEmpty()) {
      return null;
    }
    Set<Integer> settled = new HashSet<>();
    matches.stream().filter(KeyMatch::isConstant).forEach(match -> settled.add(match.ordinal()));
    Iterator<IndexDefinition.Part> walk = Stream.concat(parts.stream(), tail.stream()).iterator();
    Direction direction = null;
    for (SortKey key : order) {
      int position = scan.output().indexOf(key.variable());
      int ordinal = position < 0 ? Integer.MIN_VALUE : scan.ordinals().get(position);
      if (settled.contains(ordinal) || isWholeKey(settled)) {
        continue;
      }
      IndexDefinition.Part part = nextUnsettled(walk, settled);
      if (part == null || part.ordinal() != ordinal) {
        return null;
      }
      Optional<Direction> of = direction(part, key);
      if (of.isEmpty() || direction != null && direction != of.get()) {
        return null;
      }
      direction = of.get();
      settled.add(ordinal);
    }
    return direction == null ? Direction.FORWARD : direction;
  }

  private boolean isWholeKey(Set<Integer> settled) {
    return !table.hasRowId() && settled.containsAll(table.primaryKey());
  }

  private static IndexDefinition.Part nextUnsettled(
      Iterator<IndexDefinition.Part> walk, Set<Integer> settled) {
    while (walk.hasNext()) {
      IndexDefinition.Part part = walk.next();
      if (!settled.contains(part.ordinal())) {
        return part;
      }
    }
    return null;
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
