// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.View;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A table of {@code information_schema} about things of which DistDB has none: domains, triggers,
 * types of users, foreign tables. The columns are PostgreSQL's.
 */
record EmptyTable(String name, List<View.Column> columns) implements VirtualTable {
  EmptyTable {
    columns = List.copyOf(columns);
  }

  /** All of them, as {@code empty.txt} has them: a name and its columns on a line. */
  static List<EmptyTable> all() {
    try (InputStream stream = EmptyTable.class.getResourceAsStream("empty.txt")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().map(line -> line.split(" ")).map(EmptyTable::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EmptyTable of(String[] words) {
    return new EmptyTable(words[0], Rows.columns(words[1].split(",")));
  }

  @Override
  public String schema() {
    return Rows.INFORMATION_SCHEMA;
  }

  @Override
  public List<List<Value>> rows(CatalogView catalog) {
    return List.of();
  }
}
