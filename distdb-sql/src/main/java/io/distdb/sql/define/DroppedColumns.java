// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.catalog.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * DROP COLUMN: the table's own indexes and constraints over the column go with it, what others have
 * over it needs CASCADE. The table is stored anew.
 */
final class DroppedColumns {
  private final Definer definer;

  DroppedColumns(Definer definer) {
    this.definer = definer;
  }

  Optional<Done.Message> drop(Table table, SchemaStatement.DropColumn drop) {
    if (drop.ifExists() && table.ordinalOf(drop.column().text()) < 0) {
      return Optional.of(
          Done.Message.notice(
              "column \""
                  + drop.column()
                  + "\" of relation \""
                  + table.name()
                  + "\" does not exist, skipping"));
    }
    int ordinal = AlterColumns.require(table, drop.column());
    if (table.columns().size() == 1) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED, "a table without columns is not supported yet");
    }
    Drops drops = new Drops(definer);
    String what = "column " + drop.column() + " of table " + table.qualifiedName();
    for (Table other : definer.view().referencing(table.id())) {
      for (Constraint.ForeignKey key : other.foreignKeys()) {
        if (key.referenced().equals(table.id())
            && key.referencedColumns().contains(ordinal)
            && !other.id().equals(table.id())) {
          drops.foreignKey(other, key, what);
        }
      }
    }
    for (View view : definer.view().views()) {
      if (AlterColumns.uses(view, table, drop.column().text())) {
        drops.dependent(view, what);
      }
    }
    int slot = table.slotOf(ordinal);
    for (Sequence sequence : definer.view().sequences()) {
      if (sequence
          .owner()
          .filter(owner -> owner.table().equals(table.id()) && owner.slot() == slot)
          .isPresent()) {
        drops.sequence(sequence);
        drops.named(
            "default value for column " + drop.column() + " of table " + table.qualifiedName());
      }
    }
    Optional<Done.Message> notice = drops.run(what, drop.cascade());
    moveSequences(table, slot);
    remove(definer.current(table), ordinal);
    return notice;
  }

  /** The columns behind the dropped one move forward, and their sequences' owners with them. */
  private void moveSequences(Table table, int slot) {
    for (Sequence sequence : definer.view().sequences()) {
      if (sequence.owner().filter(o -> o.table().equals(table.id())).isPresent()) {
        Sequence.Owner owner = sequence.owner().get();
        int ordinal = table.ordinalOfSlot(owner.slot());
        int moved = owner.slot() > slot ? ordinal - 1 : ordinal;
        definer
            .catalog()
            .changeSequence(
                sequence,
                sequence.withOwner(
                    Optional.of(new Sequence.Owner(owner.table(), moved, owner.internal()))));
      }
    }
  }

  private void remove(Table table, int ordinal) {
    List<TableColumn> columns = new ArrayList<>(table.columns());
    columns.remove(ordinal);
    List<String> values = AddedConstraints.allColumns(table);
    values.remove(ordinal);
    List<Integer> primaryKey =
        table.primaryKey().contains(ordinal) ? List.of() : shifted(table.primaryKey(), ordinal);
    List<IndexDefinition> indexes =
        table.indexes().stream()
            .filter(index -> index.parts().stream().noneMatch(p -> p.ordinal() == ordinal))
            .map(index -> shifted(index, ordinal))
            .toList();
    List<Constraint> constraints = new ArrayList<>();
    for (Constraint constraint : table.constraints()) {
      boolean self =
          constraint instanceof Constraint.ForeignKey key
              && key.referenced().equals(table.id())
              && key.referencedColumns().contains(ordinal);
      if (!constraint.columns().contains(ordinal) && !self) {
        constraints.add(shifted(constraint, table, ordinal));
      }
    }
    Table after =
        table
            .withRows(table.rows(), primaryKey)
            .withColumns(columns)
            .withIndexes(indexes)
            .withConstraints(constraints);
    new Rewrites(definer).rewrite(table, after, values);
    shiftReferences(table, ordinal);
  }

  /** Foreign keys of other tables name their referenced columns by position. */
  private void shiftReferences(Table table, int ordinal) {
    for (Table other : definer.view().referencing(table.id())) {
      if (other.id().equals(table.id())) {
        continue;
      }
      List<Constraint> constraints = new ArrayList<>();
      for (Constraint constraint : other.constraints()) {
        constraints.add(
            constraint instanceof Constraint.ForeignKey key && key.referenced().equals(table.id())
                ? key.with(
                    key.name(),
                    key.columns(),
                    shifted(key.referencedColumns(), ordinal),
                    key.validated())
                : constraint);
      }
      definer.catalog().changeTable(other, other.withConstraints(constraints), List.of());
    }
  }

  private static List<Integer> shifted(List<Integer> ordinals, int gone) {
    return ordinals.stream().map(ordinal -> ordinal > gone ? ordinal - 1 : ordinal).toList();
  }

  private static IndexDefinition shifted(IndexDefinition index, int gone) {
    return new IndexDefinition(
        index.id(),
        index.name(),
        index.table(),
        index.parts().stream()
            .map(part ->
                new IndexDefinition.Part(
                    part.ordinal() > gone ? part.ordinal() - 1 : part.ordinal(),
                    part.descending(),
                    part.nullsFirst()))
            .toList(),
        index.kind(),
        index.unique());
  }

  private static Constraint shifted(Constraint constraint, Table table, int gone) {
    List<Integer> columns = shifted(constraint.columns(), gone);
    return switch (constraint) {
      case Constraint.PrimaryKey key -> new Constraint.PrimaryKey(key.name(), columns);
      case Constraint.Unique unique ->
          new Constraint.Unique(unique.name(), columns, unique.index());
      case Constraint.Check check -> new Constraint.Check(check.name(), columns, check.text());
      case Constraint.ForeignKey key ->
          key.with(
              key.name(),
              columns,
              key.referenced().equals(table.id())
                  ? shifted(key.referencedColumns(), gone)
                  : key.referencedColumns(),
              key.validated());
    };
  }
}
