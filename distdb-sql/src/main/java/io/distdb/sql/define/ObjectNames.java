// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.text.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Names that are made up as PostgreSQL makes them: {@code table_column_key}. */
final class ObjectNames {
  /** As in PostgreSQL: bytes of a name. */
  private static final int NAME_BYTES_MAX = 63;

  private ObjectNames() {}

  /** {@code first_second_label}, shortened where it is too long, numbered where it is taken. */
  static String free(String first, String second, String label, Predicate<String> taken) {
    String name = join(first, second, label);
    for (int i = 1; taken.test(name); i++) {
      name = join(first, second, label + i);
    }
    return name;
  }

  private static String join(String first, String second, String label) {
    String one = first;
    String two = second;
    int room = NAME_BYTES_MAX - label.length() - 1 - (second.isEmpty() ? 0 : 1);
    while (bytes(one) + bytes(two) > room) {
      if (bytes(one) > bytes(two)) {
        one = shorter(one);
      } else {
        two = shorter(two);
      }
    }
    return one + (two.isEmpty() ? "" : "_" + two) + "_" + label;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String shorter(String text) {
    return text.substring(0, text.offsetByCodePoints(text.length(), -1));
  }

  static String columns(Table table, List<Integer> ordinals) {
    return ordinals.stream()
        .map(ordinal -> table.columns().get(ordinal).name())
        .collect(Collectors.joining("_"));
  }

  /** Whether a constraint of any table of the schema has that name. */
  static boolean isConstraint(CatalogView view, Table subject, String name) {
    if (subject.constraint(name).isPresent()) {
      return true;
    }
    for (Table table : view.tables()) {
      if (table.schema().equals(subject.schema()) && !table.id().equals(subject.id())) {
        for (Constraint constraint : table.constraints()) {
          if (constraint.name().equals(name)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** An identifier as SQL text reads it back: quoted where it must be. */
  static String quoted(String name) {
    return Texts.identifier(name);
  }

  /** With its schema when that is not {@link Table#PUBLIC}, each part quoted where it must be. */
  static String quoted(String schema, String name) {
    return schema.equals(Table.PUBLIC) ? quoted(name) : quoted(schema) + "." + quoted(name);
  }
}
