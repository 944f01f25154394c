// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.ErrorObject;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.vector.Vector;
import java.util.StringJoiner;

/** What is said of a violated constraint, in PostgreSQL's words. */
final class ConstraintErrors {
  private ConstraintErrors() {}

  /**
   * @param columns all columns of the failing row
   */
  static DistDbException notNull(Table table, int ordinal, Vector[] columns, int at) {
    return new DistDbException(
            ErrorCode.NOT_NULL_VIOLATION,
            "null value in column \""
                + table.columns().get(ordinal).name()
                + "\" of relation \""
                + table.name()
                + "\" violates not-null constraint")
        .withDetail(failingRow(columns, at))
        .about(
            ErrorObject.ofColumn(
                table.schema(), table.name(), table.columns().get(ordinal).name()));
  }

  private static String failingRow(Vector[] columns, int at) {
    StringJoiner row = new StringJoiner(", ", "Failing row contains (", ").");
    for (Vector column : columns) {
      row.add(Cells.text(column, at));
    }
    return row.toString();
  }

  /**
   * @param columns all columns of the failing row
   */
  static DistDbException check(Table table, String constraint, Vector[] columns, int at) {
    return new DistDbException(
            ErrorCode.CHECK_VIOLATION,
            "new row for relation \""
                + table.name()
                + "\" violates check constraint \""
                + constraint
                + "\"")
        .withDetail(failingRow(columns, at))
        .about(ErrorObject.ofConstraint(table.schema(), table.name(), constraint));
  }

  /** {@code Key (a, b)=(1, x)}. */
  static String key(Table table, int[] ordinals, Vector[] columns, int at) {
    StringJoiner names = new StringJoiner(", ", "Key (", ")=");
    StringJoiner values = new StringJoiner(", ", "(", ")");
    for (int ordinal : ordinals) {
      names.add(table.columns().get(ordinal).name());
      values.add(Cells.text(columns[ordinal], at));
    }
    return names + values.toString();
  }

  // --- foreign keys ---

  /**
   * @param columns of the referencing row
   */
  static DistDbException notPresent(ForeignKeyProgram key, Vector[] columns, int at) {
    return violated(key)
        .withDetail(
            key(key.child.table, key.childColumns, columns, at)
                + " is not present in table \""
                + key.parent.table.name()
                + "\".");
  }

  static DistDbException mixedNulls(ForeignKeyProgram key) {
    return violated(key)
        .withDetail("MATCH FULL does not allow mixing of null and nonnull key values.");
  }

  private static DistDbException violated(ForeignKeyProgram key) {
    return new DistDbException(
            ErrorCode.FOREIGN_KEY_VIOLATION,
            "insert or update on table \""
                + key.child.table.name()
                + "\" violates foreign key constraint \""
                + key.key.name()
                + "\"")
        .about(object(key));
  }

  /** The constraint, which is the referencing table's. */
  private static ErrorObject object(ForeignKeyProgram key) {
    Table child = key.child.table;
    return ErrorObject.ofConstraint(child.schema(), child.name(), key.key.name());
  }

  /**
   * @param columns of the row that was referenced
   */
  static DistDbException stillReferenced(ForeignKeyProgram key, Vector[] columns, int at) {
    return new DistDbException(
            ErrorCode.FOREIGN_KEY_VIOLATION,
            "update or delete on table \""
                + key.parent.table.name()
                + "\" violates foreign key constraint \""
                + key.key.name()
                + "\" on table \""
                + key.child.table.name()
                + "\"")
        .withDetail(
            key(key.parent.table, key.parentColumns, columns, at)
                + " is still referenced from table \""
                + key.child.table.name()
                + "\".")
        .about(object(key));
  }
}
