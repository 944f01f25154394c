// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.TableId;
import io.distdb.api.index.IndexId;
import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table's definition at one schema version. Rows live in the BTREE index {@code rows}, keyed by
 * the primary key or, without one, by a hidden row id.
 *
 * @param primaryKey ordinals of the key columns, in key order; empty means a hidden row id
 * @param dropped columns that are gone and whose slots rows still have, by ascending slot
 */
public record Table(
    TableId id,
    String schema,
    String name,
    List<TableColumn> columns,
    List<Integer> primaryKey,
    IndexId rows,
    List<IndexDefinition> indexes,
    List<Constraint> constraints,
    List<DroppedColumn> dropped) {
  /** The schema that names without one belong to. */
  public static final String PUBLIC = "public";

  public Table {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    indexes = List.copyOf(indexes);
    constraints = List.copyOf(constraints);
    dropped = List.copyOf(dropped);
  }

  /** A table of {@link #PUBLIC} without named constraints. */
  public Table(
      TableId id,
      String name,
      List<TableColumn> columns,
      List<Integer> primaryKey,
      IndexId rows,
      List<IndexDefinition> indexes) {
    this(id, PUBLIC, name, columns, primaryKey, rows, indexes, List.of(), List.of());
  }

  /**
   * A column that is gone.
   *
   * @param slot its place in stored rows
   */
  public record DroppedColumn(int slot, SqlType type) {}

  public boolean hasRowId() {
    return primaryKey.isEmpty();
  }

  /** Name of the primary key constraint; as PostgreSQL makes it when none was given. */
  public String primaryKeyName() {
    for (Constraint constraint : constraints) {
      if (constraint instanceof Constraint.PrimaryKey key) {
        return key.name();
      }
    }
    return name + "_pkey";
  }

  /** Position of the column called {@code columnName}, or -1. */
  public int ordinalOf(String columnName) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(columnName)) {
        return i;
      }
    }
    return -1;
  }

  /** Where column {@code ordinal} is in stored rows: columns keep their order there. */
  public int slotOf(int ordinal) {
    int slot = ordinal;
    for (DroppedColumn gone : dropped) {
      slot += gone.slot() <= slot ? 1 : 0;
    }
    return slot;
  }

  /** The column at {@code slot} of stored rows, or -1: it is gone. */
  public int ordinalOfSlot(int slot) {
    int ordinal = slot;
    for (DroppedColumn gone : dropped) {
      if (gone.slot() == slot) {
        return -1;
      }
      ordinal -= gone.slot() < slot ? 1 : 0;
    }
    return ordinal < columns.size() ? ordinal : -1;
  }

  public Optional<Constraint> constraint(String constraintName) {
    return constraints.stream().filter(c -> c.name().equals(constraintName)).findFirst();
  }

  /** The constraint that {@code index} is there for. */
  public Optional<Constraint.Unique> constraintOf(IndexDefinition index) {
    for (Constraint constraint : constraints) {
      if (constraint instanceof Constraint.Unique unique && unique.index().equals(index.id())) {
        return Optional.of(unique);
      }
    }
    return Optional.empty();
  }

  public List<Constraint.ForeignKey> foreignKeys() {
    List<Constraint.ForeignKey> keys = new ArrayList<>();
    for (Constraint constraint : constraints) {
      if (constraint instanceof Constraint.ForeignKey key) {
        keys.add(key);
      }
    }
    return keys;
  }

  // --- with one thing changed ---

  public Table withName(String newSchema, String newName) {
    return new Table(
        id, newSchema, newName, columns, primaryKey, rows, indexes, constraints, dropped);
  }

  public Table withColumns(List<TableColumn> changed) {
    return new Table(id, schema, name, changed, primaryKey, rows, indexes, constraints, dropped);
  }

  public Table withColumn(int ordinal, TableColumn changed) {
    List<TableColumn> all = new ArrayList<>(columns);
    all.set(ordinal, changed);
    return withColumns(all);
  }

  public Table withIndexes(List<IndexDefinition> changed) {
    return new Table(id, schema, name, columns, primaryKey, rows, changed, constraints, dropped);
  }

  public Table withConstraints(List<Constraint> changed) {
    return new Table(id, schema, name, columns, primaryKey, rows, indexes, changed, dropped);
  }

  /** The same columns, stored anew: no slot of a dropped column is left. */
  public Table withRows(IndexId newRows, List<Integer> newPrimaryKey) {
    return new Table(
        id, schema, name, columns, newPrimaryKey, newRows, indexes, constraints, List.of());
  }

  /** As people write it: with its schema when that is not {@link #PUBLIC}. */
  public String qualifiedName() {
    return schema.equals(PUBLIC) || Schema.isTemporary(schema) ? name : schema + "." + name;
  }
}
