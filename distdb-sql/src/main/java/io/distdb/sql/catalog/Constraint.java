// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.TableId;
import io.distdb.api.index.IndexId;
import java.util.List;

/** A named constraint of a table. {@code columns} are ordinals in its table. */
public sealed interface Constraint {
  String name();

  List<Integer> columns();

  Constraint withName(String newName);

  /** Rows are stored by this key. */
  record PrimaryKey(String name, List<Integer> columns) implements Constraint {
    public PrimaryKey {
      columns = List.copyOf(columns);
    }

    @Override
    public PrimaryKey withName(String newName) {
      return new PrimaryKey(newName, columns);
    }
  }

  /**
   * @param index the unique index of that name that enforces it
   */
  record Unique(String name, List<Integer> columns, IndexId index) implements Constraint {
    public Unique {
      columns = List.copyOf(columns);
    }

    @Override
    public Unique withName(String newName) {
      return new Unique(newName, columns, index);
    }
  }

  /**
   * @param text the condition as it was written
   */
  record Check(String name, List<Integer> columns, String text) implements Constraint {
    public Check {
      columns = List.copyOf(columns);
    }

    @Override
    public Check withName(String newName) {
      return new Check(newName, columns, text);
    }
  }

  /**
   * @param referenced may be the table itself
   * @param referencedColumns ordinals there, of a primary key or of a unique constraint or index
   * @param matchFull MATCH FULL: all columns are NULL or none is
   * @param validated whether rows that were there before it satisfy it
   */
  record ForeignKey(
      String name,
      List<Integer> columns,
      TableId referenced,
      List<Integer> referencedColumns,
      boolean matchFull,
      ReferenceAction onDelete,
      ReferenceAction onUpdate,
      boolean deferrable,
      boolean initiallyDeferred,
      boolean validated)
      implements Constraint {
    public ForeignKey {
      columns = List.copyOf(columns);
      referencedColumns = List.copyOf(referencedColumns);
    }

    @Override
    public ForeignKey withName(String newName) {
      return with(newName, columns, referencedColumns, validated);
    }

    public ForeignKey with(
        String newName,
        List<Integer> newColumns,
        List<Integer> newReferencedColumns,
        boolean isValidated) {
      return new ForeignKey(
          newName,
          newColumns,
          referenced,
          newReferencedColumns,
          matchFull,
          onDelete,
          onUpdate,
          deferrable,
          initiallyDeferred,
          isValidated);
    }
  }
}
