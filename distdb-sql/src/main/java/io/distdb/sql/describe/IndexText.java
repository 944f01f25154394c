// SPDX-License-Identifier: MIT
package io.distdb.sql.describe;

import io.distdb.api.index.IndexKind;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Indexes as {@code CREATE INDEX} makes them; a primary key has one like any unique constraint. */
final class IndexText {
  private IndexText() {}

  /** What there is to say of an index. */
  private record Shape(
      String name, boolean unique, IndexKind kind, List<IndexDefinition.Part> parts) {}

  /**
   * The whole statement, without a semicolon.
   *
   * @param index absent: that of the primary key
   * @param table as the statement calls it
   */
  static String create(Table owner, Optional<IndexDefinition> index, String table) {
    Shape shape = shape(owner, index);
    List<String> columns = new ArrayList<>();
    for (IndexDefinition.Part part : shape.parts) {
      columns.add(column(owner, part) + order(part));
    }
    return "CREATE "
        + (shape.unique ? "UNIQUE " : "")
        + "INDEX "
        + Texts.identifier(shape.name)
        + " ON "
        + table
        + " USING "
        + shape.kind.name().toLowerCase(Locale.ROOT)
        + " ("
        + String.join(", ", columns)
        + ")";
  }

  /**
   * One column of the key, without its order.
   *
   * @param number from 1
   */
  static Optional<String> column(Table owner, Optional<IndexDefinition> index, int number) {
    List<IndexDefinition.Part> parts = shape(owner, index).parts;
    return number < 1 || number > parts.size()
        ? Optional.empty()
        : Optional.of(column(owner, parts.get(number - 1)));
  }

  private static String column(Table owner, IndexDefinition.Part part) {
    return Texts.identifier(owner.columns().get(part.ordinal()).name());
  }

  private static Shape shape(Table owner, Optional<IndexDefinition> index) {
    if (index.isPresent()) {
      IndexDefinition of = index.get();
      return new Shape(of.name(), of.unique(), of.kind(), of.parts());
    }
    List<IndexDefinition.Part> parts =
        owner.primaryKey().stream()
            .map(ordinal -> new IndexDefinition.Part(ordinal, false, false))
            .toList();
    return new Shape(owner.primaryKeyName(), true, IndexKind.BTREE, parts);
  }

  /** What is not the default: NULLs come last, or first when descending. */
  private static String order(IndexDefinition.Part part) {
    if (part.descending()) {
      return part.nullsFirst() ? " DESC" : " DESC NULLS LAST";
    }
    return part.nullsFirst() ? " NULLS FIRST" : "";
  }
}
