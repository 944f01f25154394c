// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import java.util.List;
import java.util.Optional;

/** CREATE and DROP. */
public sealed interface SchemaStatement extends Statement {
  record CreateTable(
      SourceSpan span,
      TableName table,
      List<ColumnDefinition> columns,
      List<PrimaryKey> primaryKeys,
      boolean ifNotExists)
      implements SchemaStatement {
    public CreateTable {
      columns = List.copyOf(columns);
      primaryKeys = List.copyOf(primaryKeys);
    }
  }

  /** Each constraint is listed as often as it was written. */
  record ColumnDefinition(Name name, TypeName type, List<ColumnConstraint> constraints) {
    public ColumnDefinition {
      constraints = List.copyOf(constraints);
    }
  }

  record ColumnConstraint(SourceSpan span, ColumnConstraintKind kind) {}

  enum ColumnConstraintKind {
    NOT_NULL,
    NULL,
    PRIMARY_KEY
  }

  /** A table constraint. */
  record PrimaryKey(SourceSpan span, List<Name> columns) {
    public PrimaryKey {
      columns = List.copyOf(columns);
    }
  }

  record DropTable(SourceSpan span, List<TableName> tables, boolean ifExists)
      implements SchemaStatement {
    public DropTable {
      tables = List.copyOf(tables);
    }
  }

  /**
   * @param method {@code btree} or whatever else was written
   */
  record CreateIndex(
      SourceSpan span,
      Optional<Name> name,
      TableName table,
      Optional<Name> method,
      List<IndexColumn> columns,
      boolean unique,
      boolean ifNotExists)
      implements SchemaStatement {
    public CreateIndex {
      columns = List.copyOf(columns);
    }
  }

  record IndexColumn(Name column, boolean descending, Optional<Boolean> nullsFirst) {}

  /**
   * @param table of the heritage form {@code DROP INDEX name ON table}
   */
  record DropIndex(
      SourceSpan span, List<TableName> indexes, Optional<TableName> table, boolean ifExists)
      implements SchemaStatement {
    public DropIndex {
      indexes = List.copyOf(indexes);
    }
  }
}
