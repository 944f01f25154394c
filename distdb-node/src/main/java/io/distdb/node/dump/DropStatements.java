// SPDX-License-Identifier: MIT
package io.distdb.node.dump;

import io.distdb.sql.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What takes away what a dump defines, the last first. Indexes go with their tables, and so do the
 * sequences of columns.
 */
final class DropStatements {
  private DropStatements() {}

  static List<String> of(List<Entry> entries, boolean ifExists) {
    String exists = ifExists ? "IF EXISTS " : "";
    List<String> owned =
        entries.stream()
            .filter(entry -> entry.kind().equals("owned by"))
            .map(Entry::qualifiedName)
            .toList();
    List<String> statements = new ArrayList<>();
    for (Entry entry : entries.reversed()) {
      statement(entry, exists, owned).ifPresent(statements::add);
    }
    return statements;
  }

  private static Optional<String> statement(Entry entry, String exists, List<String> owned) {
    String name = entry.qualifiedName();
    return switch (entry.kind()) {
      case "foreign key" ->
          Optional.of(
              "ALTER TABLE "
                  + exists
                  + "ONLY "
                  + Texts.identifier(entry.schema())
                  + "."
                  + Texts.identifier(entry.subject())
                  + " DROP CONSTRAINT "
                  + exists
                  + Texts.identifier(entry.name()));
      case "view" -> Optional.of("DROP VIEW " + exists + name);
      case "table" -> Optional.of("DROP TABLE " + exists + name);
      case "sequence" ->
          owned.contains(name) ? Optional.empty() : Optional.of("DROP SEQUENCE " + exists + name);
      case "schema" -> Optional.of("DROP SCHEMA " + exists + Texts.identifier(entry.name()));
      default -> Optional.empty();
    };
  }
}
