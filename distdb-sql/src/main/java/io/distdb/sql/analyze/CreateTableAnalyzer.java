// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.ColumnConstraint;
import io.distdb.sql.ast.SchemaStatement.ColumnDefinition;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.logical.BoundStatement;
import java.util.ArrayList;
import java.util.List;

/** CREATE TABLE. */
final class CreateTableAnalyzer {
  /** As in PostgreSQL. */
  static final int COLUMNS_MAX = 1_600;

  private final StatementContext context;

  CreateTableAnalyzer(StatementContext context) {
    this.context = context;
  }

  BoundStatement analyze(SchemaStatement.CreateTable create) {
    SchemaAnalyzer.requirePublic(create.table());
    String name = create.table().name().text();
    boolean exists =
        context.catalog().table(name).isPresent() || context.catalog().index(name).isPresent();
    if (exists && create.ifNotExists()) {
      return new BoundStatement.Nothing(
          "CREATE TABLE", "relation \"" + name + "\" already exists, skipping");
    }
    if (exists) {
      throw new DistDbException(
              ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists")
          .at(create.table().span().position());
    }
    checkColumns(create);
    List<Integer> key = primaryKey(create);
    List<BoundStatement.NewColumn> columns = new ArrayList<>(create.columns().size());
    for (int i = 0; i < create.columns().size(); i++) {
      ColumnDefinition column = create.columns().get(i);
      boolean notNull = isNotNull(column, key.contains(i));
      columns.add(
          new BoundStatement.NewColumn(
              column.name().text(), TypeNames.resolve(column.type()), notNull));
    }
    return new BoundStatement.CreateTable(name, columns, key, create.ifNotExists());
  }

  private static void checkColumns(SchemaStatement.CreateTable create) {
    if (create.columns().isEmpty()) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED, "a table without columns is not supported yet")
          .at(create.table().span().position());
    }
    if (create.columns().size() > COLUMNS_MAX) {
      throw new DistDbException(
              ErrorCode.TOO_MANY_COLUMNS,
              "table \""
                  + create.table()
                  + "\" has "
                  + create.columns().size()
                  + " columns; tables can have at most "
                  + COLUMNS_MAX)
          .at(create.table().span().position());
    }
    for (int i = 0; i < create.columns().size(); i++) {
      Name column = create.columns().get(i).name();
      if (ordinalOf(create, column.text()) != i) {
        throw new DistDbException(
                ErrorCode.DUPLICATE_COLUMN, "column \"" + column + "\" specified more than once")
            .at(column.span().position());
      }
    }
  }

  private static int ordinalOf(SchemaStatement.CreateTable create, String name) {
    for (int i = 0; i < create.columns().size(); i++) {
      if (create.columns().get(i).name().text().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static List<Integer> primaryKey(SchemaStatement.CreateTable create) {
    List<Integer> key = new ArrayList<>();
    int keys = 0;
    for (int i = 0; i < create.columns().size(); i++) {
      for (ColumnConstraint constraint : create.columns().get(i).constraints()) {
        if (constraint.kind() == SchemaStatement.ColumnConstraintKind.PRIMARY_KEY) {
          refuseSecondKey(create, keys++, constraint.span());
          key.add(i);
        }
      }
    }
    for (SchemaStatement.PrimaryKey constraint : create.primaryKeys()) {
      refuseSecondKey(create, keys++, constraint.span());
      constraint.columns().forEach(column -> key.add(keyColumn(create, column, key)));
    }
    return key;
  }

  private static void refuseSecondKey(
      SchemaStatement.CreateTable create, int keys, SourceSpan span) {
    if (keys > 0) {
      throw new DistDbException(
              ErrorCode.INVALID_TABLE_DEFINITION,
              "multiple primary keys for table \"" + create.table() + "\" are not allowed")
          .withHint("A key of several columns is written PRIMARY KEY (a, b).")
          .at(span.position());
    }
  }

  private static int keyColumn(SchemaStatement.CreateTable create, Name column, List<Integer> key) {
    int ordinal = ordinalOf(create, column.text());
    if (ordinal < 0) {
      throw new DistDbException(
              ErrorCode.UNDEFINED_COLUMN, "column \"" + column + "\" named in key does not exist")
          .at(column.span().position());
    }
    if (key.contains(ordinal)) {
      throw new DistDbException(
              ErrorCode.DUPLICATE_COLUMN,
              "column \"" + column + "\" appears twice in primary key constraint")
          .at(column.span().position());
    }
    return ordinal;
  }

  private static boolean isNotNull(ColumnDefinition column, boolean inKey) {
    boolean notNull = inKey;
    boolean nullable = false;
    for (ColumnConstraint constraint : column.constraints()) {
      notNull |= constraint.kind() != SchemaStatement.ColumnConstraintKind.NULL;
      nullable |= constraint.kind() == SchemaStatement.ColumnConstraintKind.NULL;
      if (notNull && nullable) {
        throw new DistDbException(
                ErrorCode.SYNTAX_ERROR,
                "conflicting NULL/NOT NULL declarations for column \"" + column.name() + "\"")
            .at(constraint.span().position());
      }
    }
    return notNull;
  }
}
