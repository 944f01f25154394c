// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.catalog.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What goes when something is dropped, and whether it may: first everything is collected, with what
 * depends on it, then it is dropped all at once. Used once.
 */
final class Drops {
  private final Definer definer;
  private final CatalogView view;
  private final NameResolver names;

  private final Map<Long, Table> tables = new LinkedHashMap<>();
  private final Map<Long, Sequence> sequences = new LinkedHashMap<>();
  private final Map<Long, View> views = new LinkedHashMap<>();
  private final Map<Long, Schema> schemas = new LinkedHashMap<>();

  /** Foreign keys of tables that stay. */
  private final Map<TableId, Set<String>> foreignKeys = new LinkedHashMap<>();

  /** Columns, of tables that stay, whose defaults go. */
  private final Map<TableId, Set<String>> defaults = new LinkedHashMap<>();

  /** What is dropped because it depends on something else: itself, and the sentence about it. */
  private final Map<String, String> dependents = new LinkedHashMap<>();

  Drops(Definer definer) {
    this.definer = definer;
    view = definer.view();
    names = new NameResolver(view, definer.searchPath());
  }

  // --- collecting ---

  Drops table(Table table) {
    if (tables.putIfAbsent(table.id().value(), table) != null) {
      return this;
    }
    for (Sequence sequence : view.sequences()) {
      if (sequence.owner().filter(owner -> owner.table().equals(table.id())).isPresent()) {
        sequence(sequence);
      }
    }
    for (Table other : view.referencing(table.id())) {
      for (Constraint.ForeignKey key : other.foreignKeys()) {
        if (key.referenced().equals(table.id()) && !other.id().equals(table.id())) {
          foreignKey(other, key, "table " + table.qualifiedName());
        }
      }
    }
    viewsOf(table.id().value(), "table " + table.qualifiedName());
    return this;
  }

  Drops view(View dropped) {
    if (views.putIfAbsent(dropped.id(), dropped) == null) {
      viewsOf(dropped.id(), "view " + dropped.qualifiedName());
    }
    return this;
  }

  Drops sequence(Sequence sequence) {
    if (sequences.putIfAbsent(sequence.id(), sequence) != null) {
      return this;
    }
    for (Table table : view.tables()) {
      for (TableColumn column : table.columns()) {
        if (DefaultSequences.uses(column, sequence, names)) {
          defaults.computeIfAbsent(table.id(), id -> new LinkedHashSet<>()).add(column.name());
          dependents.put(
              "default value for column " + column.name() + " of table " + table.qualifiedName(),
              "sequence " + sequence.qualifiedName());
        }
      }
    }
    viewsOf(sequence.id(), "sequence " + sequence.qualifiedName());
    return this;
  }

  Drops schema(Schema schema) {
    schemas.put(schema.id(), schema);
    String reason = "schema " + schema.name();
    for (Table table : view.tables()) {
      if (table.schema().equals(schema.name())) {
        dependents.put("table " + table.qualifiedName(), reason);
        table(table);
      }
    }
    for (View inside : view.views()) {
      if (inside.schema().equals(schema.name())) {
        dependents.put("view " + inside.qualifiedName(), reason);
        view(inside);
      }
    }
    for (Sequence sequence : view.sequences()) {
      if (sequence.schema().equals(schema.name()) && sequence.owner().isEmpty()) {
        dependents.put("sequence " + sequence.qualifiedName(), reason);
        sequence(sequence);
      }
    }
    return this;
  }

  /** A foreign key that cannot stay because of {@code reason}. */
  void foreignKey(Table table, Constraint.ForeignKey key, String reason) {
    foreignKeys.computeIfAbsent(table.id(), id -> new LinkedHashSet<>()).add(key.name());
    dependents.put("constraint " + key.name() + " on table " + table.qualifiedName(), reason);
  }

  private void viewsOf(long used, String reason) {
    for (View other : view.views()) {
      if (other.uses().contains(used)) {
        dependent(other, reason);
      }
    }
  }

  /** A view that cannot stay because of {@code reason}. */
  void dependent(View other, String reason) {
    dependents.putIfAbsent("view " + other.qualifiedName(), reason);
    view(other);
  }

  // --- dropping ---

  /**
   * Drops everything.
   *
   * @param what for the error: {@code table t}
   * @return what CASCADE took along, for a notice
   * @throws DistDbException {@code DEPENDENT_OBJECTS_STILL_EXIST}: something depends on it, and not
   *     {@code cascade}
   */
  Optional<Done.Message> run(String what, boolean cascade) {
    forgetOwn();
    if (!dependents.isEmpty() && !cascade) {
      List<String> lines = new ArrayList<>();
      dependents.forEach((object, reason) -> lines.add(object + " depends on " + reason));
      throw new DistDbException(
              ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
              "cannot drop " + what + " because other objects depend on it")
          .withDetail(String.join("\n", lines))
          .withHint("Use DROP ... CASCADE to drop the dependent objects too.");
    }
    changeTables();
    views.values().forEach(definer.catalog()::dropView);
    for (Table table : tables.values()) {
      table.foreignKeys().stream()
          .map(Constraint.ForeignKey::referenced)
          .distinct()
          .filter(other -> !tables.containsKey(other.value()))
          .forEach(other -> view.table(other).ifPresent(definer::touch));
      definer.catalog().dropTable(table);
    }
    sequences.values().forEach(definer.catalog()::dropSequence);
    schemas.values().forEach(definer.catalog()::dropSchema);
    return notice();
  }

  /** What depends on the dropped things and is one of them itself needs no CASCADE. */
  private void forgetOwn() {
    for (Table table : tables.values()) {
      Set<String> keys = foreignKeys.remove(table.id());
      if (keys != null) {
        keys.forEach(
            key -> dependents.remove("constraint " + key + " on table " + table.qualifiedName()));
      }
      Set<String> columns = defaults.remove(table.id());
      if (columns != null) {
        columns.forEach(column ->
            dependents.remove(
                "default value for column " + column + " of table " + table.qualifiedName()));
      }
    }
  }

  /** Things that were named in the statement itself do not depend on each other. */
  Drops named(String object) {
    dependents.remove(object);
    return this;
  }

  private void changeTables() {
    Set<TableId> changed = new LinkedHashSet<>(foreignKeys.keySet());
    changed.addAll(defaults.keySet());
    for (TableId id : changed) {
      Table before = view.table(id).orElseThrow();
      Set<String> keys = foreignKeys.getOrDefault(id, Set.of());
      Set<String> columns = defaults.getOrDefault(id, Set.of());
      List<Constraint> kept =
          before.constraints().stream()
              .filter(constraint -> !keys.contains(constraint.name()))
              .toList();
      List<TableColumn> withDefaults =
          before.columns().stream()
              .map(column ->
                  columns.contains(column.name())
                      ? column.withDefault(Optional.empty(), Optional.empty())
                      : column)
              .toList();
      definer
          .catalog()
          .changeTable(before, before.withConstraints(kept).withColumns(withDefaults), List.of());
    }
  }

  private Optional<Done.Message> notice() {
    if (dependents.isEmpty()) {
      return Optional.empty();
    }
    List<String> lines =
        dependents.keySet().stream().map(object -> "drop cascades to " + object).toList();
    return Optional.of(
        lines.size() == 1
            ? Done.Message.notice(lines.getFirst())
            : Done.Message.notice("drop cascades to " + lines.size() + " other objects")
                .withDetail(String.join("\n", lines)));
  }
}
