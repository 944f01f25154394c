// SPDX-License-Identifier: MIT
package io.distdb.sql.describe;

import io.distdb.sql.analyze.StoredAnalysis;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.ReferenceAction;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.text.Texts;
import java.util.List;
import java.util.stream.Collectors;

/** Constraints as ALTER TABLE … ADD CONSTRAINT takes them, without their names. */
final class ConstraintText {
  private ConstraintText() {}

  static String of(Table table, Constraint constraint, VisibleNames names, boolean pretty) {
    return switch (constraint) {
      case Constraint.PrimaryKey key -> "PRIMARY KEY " + columns(table, key.columns());
      case Constraint.Unique unique -> "UNIQUE " + columns(table, unique.columns());
      case Constraint.Check check ->
          "CHECK ("
              + new ExpressionWriter(names, pretty)
                  .text(StoredAnalysis.check(table, check, names.catalog()))
              + ")";
      case Constraint.ForeignKey key -> foreignKey(table, key, names);
    };
  }

  private static String foreignKey(Table table, Constraint.ForeignKey key, VisibleNames names) {
    Table referenced = names.catalog().table(key.referenced()).orElseThrow();
    StringBuilder text = new StringBuilder("FOREIGN KEY ").append(columns(table, key.columns()));
    text.append(" REFERENCES ").append(names.relation(referenced.schema(), referenced.name()));
    text.append(columns(referenced, key.referencedColumns()));
    text.append(key.matchFull() ? " MATCH FULL" : "");
    text.append(action(" ON UPDATE ", key.onUpdate()));
    text.append(action(" ON DELETE ", key.onDelete()));
    text.append(key.deferrable() ? " DEFERRABLE" : "");
    text.append(key.initiallyDeferred() ? " INITIALLY DEFERRED" : "");
    return text.append(key.validated() ? "" : " NOT VALID").toString();
  }

  private static String action(String event, ReferenceAction action) {
    return action == ReferenceAction.NO_ACTION ? "" : event + action.words();
  }

  private static String columns(Table table, List<Integer> ordinals) {
    return ordinals.stream()
        .map(ordinal -> Texts.identifier(table.columns().get(ordinal).name()))
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
