// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.ErrorObject;
import io.distdb.api.type.Value;
import io.distdb.sql.analyze.DefinitionAnalyzer;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.execute.StoredColumns;
import io.distdb.sql.logical.BoundStatement.NewColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * ADD COLUMN. A column without a default, or with one that is the same for every row, costs no row:
 * rows that are older than it have its first value. Any other default stores the table anew.
 */
final class AddedColumns {
  private final Definer definer;

  AddedColumns(Definer definer) {
    this.definer = definer;
  }

  Optional<String> add(Table table, SchemaStatement.AddColumn add) {
    String name = add.column().name().text();
    if (table.ordinalOf(name) >= 0) {
      String message =
          "column \"" + name + "\" of relation \"" + table.name() + "\" already exists";
      if (add.ifNotExists()) {
        return Optional.of(message + ", skipping");
      }
      throw new DistDbException(ErrorCode.DUPLICATE_COLUMN, message)
          .at(add.column().name().span().position());
    }
    DefinitionAnalyzer.checkColumnCount(table.columns().size() + 1, add.column().name().span());
    DefinitionAnalyzer analyzer = new DefinitionAnalyzer(definer.view(), definer.searchPath());
    NewColumn column = analyzer.column(add.column());
    Optional<Sequence> sequence =
        new SequenceDefinitions(definer)
            .forColumn(
                column,
                table.schema(),
                table.name(),
                table.id(),
                table.columns().size() + table.dropped().size());
    sequence.ifPresent(definer.catalog()::createSequence);
    TableColumn added = TableDefinitions.column(column, sequence);
    boolean primary =
        add.column().constraints().stream()
            .anyMatch(c -> c instanceof SchemaStatement.Key key && key.primary());
    append(table, added, primary);
    for (SchemaStatement.ColumnConstraint constraint : add.column().constraints()) {
      if (constraint instanceof SchemaStatement.TableConstraint ofTable) {
        Table current = definer.current(table);
        new AddedConstraints(definer)
            .add(
                current,
                new DefinitionAnalyzer(definer.view(), definer.searchPath())
                    .constraint(current, ofTable));
      }
    }
    return Optional.empty();
  }

  private void append(Table table, TableColumn column, boolean primary) {
    definer.lockForRows(table, "ALTER TABLE");
    List<TableColumn> columns = new ArrayList<>(table.columns());
    if (column.defaultText().isEmpty()) {
      if (column.notNull() && !primary) {
        refuseNulls(table, column);
      }
      columns.add(column);
      definer.catalog().changeTable(table, table.withColumns(columns), List.of());
      return;
    }
    String value = column.defaultText().get();
    if (new DefinitionAnalyzer(definer.view(), definer.searchPath()).hasVolatileDefault(column)) {
      columns.add(column);
      List<String> values = AddedConstraints.allColumns(table);
      values.add("(" + value + ")");
      new Rewrites(definer).rewrite(table, table.withColumns(columns), values);
      return;
    }
    Value constant = evaluate(column, value);
    if (constant.equals(Value.NULL) && column.notNull() && !primary) {
      refuseNulls(table, column);
    }
    columns.add(
        constant.equals(Value.NULL)
            ? column
            : column.withMissing(Optional.of(StoredColumns.row(constant, column.type()))));
    definer.catalog().changeTable(table, table.withColumns(columns), List.of());
  }

  private void refuseNulls(Table table, TableColumn column) {
    if (SqlText.anyRow(definer, definer.view(), table, "true")) {
      throw new DistDbException(
              ErrorCode.NOT_NULL_VIOLATION,
              "column \""
                  + column.name()
                  + "\" of relation \""
                  + table.name()
                  + "\" contains null values")
          .about(ErrorObject.ofColumn(table.schema(), table.name(), column.name()));
    }
  }

  private Value evaluate(TableColumn column, String text) {
    CatalogView view = definer.view();
    String query = "SELECT CAST(" + text + " AS " + column.type().sqlName() + ")";
    return SqlText.firstRow(definer, view, query).orElseThrow().getFirst();
  }
}
