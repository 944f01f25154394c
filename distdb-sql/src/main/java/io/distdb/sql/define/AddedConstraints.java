// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.ErrorObject;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.execute.IndexBuilder;
import io.distdb.sql.logical.BoundStatement.NewConstraint;
import io.distdb.sql.logical.BoundStatement.NewKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Constraints for tables that may have rows already. */
final class AddedConstraints {
  private final Definer definer;

  AddedConstraints(Definer definer) {
    this.definer = definer;
  }

  /** Adds a constraint, which the rows of the table must satisfy. */
  void add(Table table, NewConstraint constraint) {
    definer.lockForRows(table, "ALTER TABLE");
    Table before = definer.current(table);
    CatalogView view = definer.view();
    if (constraint instanceof NewKey key && key.primary() && !before.hasRowId()) {
      throw new DistDbException(
          ErrorCode.INVALID_TABLE_DEFINITION,
          "multiple primary keys for table \"" + before.name() + "\" are not allowed");
    }
    Table after = new NewConstraints(definer, view).add(before, constraint);
    Constraint added = after.constraints().getLast();
    switch (added) {
      case Constraint.PrimaryKey key -> primaryKey(before, after, key);
      case Constraint.Unique unique -> unique(before, after, unique);
      case Constraint.Check check -> check(before, after, check, view);
      case Constraint.ForeignKey key -> foreignKey(before, after, key, view);
    }
  }

  private void primaryKey(Table before, Table after, Constraint.PrimaryKey key) {
    Table keyed = after;
    for (int ordinal : key.columns()) {
      keyed = keyed.withColumn(ordinal, keyed.columns().get(ordinal).withNotNull(true));
    }
    new Rewrites(definer)
        .rewrite(before, keyed.withRows(keyed.rows(), key.columns()), allColumns(before));
  }

  static List<String> allColumns(Table table) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      columns.add(SqlText.column(table, i));
    }
    return columns;
  }

  private void unique(Table before, Table after, Constraint.Unique unique) {
    definer.catalog().changeTable(before, after, List.of());
    IndexDefinition index =
        after.indexes().stream()
            .filter(candidate -> candidate.id().equals(unique.index()))
            .findFirst()
            .orElseThrow();
    IndexBuilder.build(after, index, definer.transaction(), definer.cancellation());
  }

  private void check(Table before, Table after, Constraint.Check check, CatalogView view) {
    if (SqlText.anyRow(definer, view, before, "NOT (" + check.text() + ")")) {
      throw new DistDbException(
              ErrorCode.CHECK_VIOLATION,
              "check constraint \""
                  + check.name()
                  + "\" of relation \""
                  + before.name()
                  + "\" is violated by some row")
          .about(ErrorObject.ofConstraint(before.schema(), before.name(), check.name()));
    }
    definer.catalog().changeTable(before, after, List.of());
  }

  private void foreignKey(Table before, Table after, Constraint.ForeignKey key, CatalogView view) {
    Table parent = view.table(key.referenced()).orElseThrow();
    if (!parent.id().equals(before.id())) {
      definer.touch(parent);
    }
    if (key.validated()) {
      validate(before, parent, key, view);
    }
    definer.catalog().changeTable(before, after, List.of());
  }

  /** One anti join finds whether any row refers to nothing. */
  void validate(Table child, Table parent, Constraint.ForeignKey key, CatalogView view) {
    List<String> own = SqlText.columns("c.", child, key.columns());
    List<String> other = SqlText.columns("p.", parent, key.referencedColumns());
    StringJoiner same = new StringJoiner(" AND ");
    StringJoiner present = new StringJoiner(" AND ");
    StringJoiner shown = new StringJoiner(", ");
    StringJoiner nulls = new StringJoiner(" OR ");
    for (int i = 0; i < own.size(); i++) {
      same.add(own.get(i) + " = " + other.get(i));
      present.add(own.get(i) + " IS NOT NULL");
      shown.add("CAST(" + own.get(i) + " AS text)");
      nulls.add(own.get(i) + " IS NULL");
    }
    String from = SqlText.table(child) + " c";
    Optional<List<Value>> missing =
        SqlText.firstRow(
            definer,
            view,
            "SELECT "
                + shown
                + " FROM "
                + from
                + " LEFT JOIN "
                + SqlText.table(parent)
                + " p ON "
                + same
                + " WHERE "
                + other.getFirst()
                + " IS NULL AND "
                + present
                + " LIMIT 1");
    if (missing.isPresent()) {
      throw violated(child, parent, key, missing.get());
    }
    if (key.matchFull()
        && own.size() > 1
        && SqlText.firstRow(
                definer,
                view,
                "SELECT 1 FROM "
                    + from
                    + " WHERE ("
                    + nulls
                    + ") AND NOT ("
                    + nulls.toString().replace(" OR ", " AND ")
                    + ") LIMIT 1")
            .isPresent()) {
      throw error(child, key)
          .withDetail("MATCH FULL does not allow mixing of null and nonnull key values.");
    }
  }

  private static DistDbException violated(
      Table child, Table parent, Constraint.ForeignKey key, List<Value> values) {
    StringJoiner names = new StringJoiner(", ", "Key (", ")=(");
    key.columns().forEach(ordinal -> names.add(child.columns().get(ordinal).name()));
    StringJoiner texts = new StringJoiner(", ");
    for (Value value : values) {
      texts.add(value instanceof Value.TextValue text ? text.value() : "null");
    }
    return error(child, key)
        .withDetail(
            names + texts.toString() + ") is not present in table \"" + parent.name() + "\".");
  }

  private static DistDbException error(Table child, Constraint.ForeignKey key) {
    return new DistDbException(
            ErrorCode.FOREIGN_KEY_VIOLATION,
            "insert or update on table \""
                + child.name()
                + "\" violates foreign key constraint \""
                + key.name()
                + "\"")
        .about(ErrorObject.ofConstraint(child.schema(), child.name(), key.name()));
  }
}
