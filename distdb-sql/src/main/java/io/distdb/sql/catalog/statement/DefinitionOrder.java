// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.statement;

import io.distdb.api.TableId;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import io.distdb.sql.catalog.statement.Definition.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All definitions of a database in an order in which they can be run: schemas, sequences, tables
 * with their keys, indexes, views after what they read, comments; rows, of tables after those that
 * they refer to as far as there are no cycles; foreign keys. Temporary tables are left out.
 */
public final class DefinitionOrder {
  private final CatalogView catalog;
  private final List<Definition> definitions = new ArrayList<>();

  private DefinitionOrder(CatalogView catalog) {
    this.catalog = catalog;
  }

  public static List<Definition> of(CatalogView catalog) {
    DefinitionOrder order = new DefinitionOrder(catalog);
    order.schemas();
    order.sequences();
    order.tables();
    order.views();
    order.definitions.addAll(CommentText.all(catalog, false));
    order.definitions.addAll(AccessText.owners(catalog));
    order.data();
    order.foreignKeys();
    order.definitions.addAll(CommentText.all(catalog, true));
    order.definitions.addAll(AccessText.grants(catalog));
    order.definitions.addAll(DefaultAccessText.all(catalog));
    return order.definitions;
  }

  private void add(Kind kind, String schema, String name, String table, String statement) {
    definitions.add(new Definition(kind, schema, name, table, statement));
  }

  private List<Table> lastingTables() {
    return catalog.tables().stream().filter(table -> !Schema.isTemporary(table.schema())).toList();
  }

  private void schemas() {
    for (Schema schema : catalog.schemas()) {
      if (!schema.name().equals(Table.PUBLIC) && !Schema.isTemporary(schema.name())) {
        String statement = "CREATE SCHEMA " + Names.of(schema.name());
        add(Kind.SCHEMA, schema.name(), schema.name(), "", statement);
      }
    }
  }

  private static boolean isIdentity(Sequence sequence) {
    return sequence.owner().filter(Sequence.Owner::internal).isPresent();
  }

  /** The table that a sequence goes with. */
  private String tableOf(Sequence sequence) {
    return sequence
        .owner()
        .flatMap(owner -> catalog.table(owner.table()))
        .map(Table::name)
        .orElse("");
  }

  private List<Sequence> lastingSequences() {
    return catalog.sequences().stream()
        .filter(sequence -> !Schema.isTemporary(sequence.schema()))
        .toList();
  }

  private void sequences() {
    for (Sequence sequence : lastingSequences()) {
      if (!isIdentity(sequence)) {
        String statement = SequenceText.create(sequence);
        add(Kind.SEQUENCE, sequence.schema(), sequence.name(), tableOf(sequence), statement);
      }
    }
  }

  private void tables() {
    for (Table table : lastingTables()) {
      TableText text = new TableText(catalog, table);
      add(Kind.TABLE, table.schema(), table.name(), table.name(), text.create());
      text.defaults()
          .forEach(statement ->
              add(Kind.DEFAULT, table.schema(), table.name(), table.name(), statement));
    }
    for (Sequence sequence : lastingSequences()) {
      if (sequence.owner().isPresent() && !isIdentity(sequence)) {
        ownedBy(sequence, sequence.owner().get());
      }
    }
    for (Table table : lastingTables()) {
      indexes(table);
    }
  }

  private void ownedBy(Sequence sequence, Sequence.Owner owner) {
    Table table = catalog.table(owner.table()).orElseThrow();
    int ordinal = table.ordinalOfSlot(owner.slot());
    String statement = SequenceText.ownedBy(sequence, table, ordinal);
    add(Kind.OWNED_BY, sequence.schema(), sequence.name(), table.name(), statement);
  }

  private void indexes(Table table) {
    TableText text = new TableText(catalog, table);
    for (IndexDefinition index : table.indexes()) {
      if (table.constraintOf(index).isEmpty()) {
        add(Kind.INDEX, table.schema(), index.name(), table.name(), text.create(index));
      }
    }
  }

  private void views() {
    Map<Long, View> byId =
        catalog.views().stream()
            .filter(view -> !Schema.isTemporary(view.schema()))
            .collect(Collectors.toMap(View::id, view -> view, (a, b) -> a, LinkedHashMap::new));
    Set<View> ordered = new LinkedHashSet<>();
    byId.values().forEach(view -> after(view, byId, ordered));
    for (View view : ordered) {
      String columns =
          view.columns().stream()
              .map(column -> Names.of(column.name()))
              .collect(Collectors.joining(", ", " (", ") AS\n"));
      String statement =
          "CREATE VIEW " + Names.of(view.schema(), view.name()) + columns + view.text();
      add(Kind.VIEW, view.schema(), view.name(), "", statement);
    }
  }

  /** Views use no view that uses them, so this ends; each step is one view deep. */
  private static void after(View view, Map<Long, View> byId, Set<View> ordered) {
    if (ordered.contains(view)) {
      return;
    }
    for (long used : view.uses()) {
      if (byId.containsKey(used)) {
        after(byId.get(used), byId, ordered);
      }
    }
    ordered.add(view);
  }

  private void data() {
    for (Table table : byReference()) {
      String copy = new TableText(catalog, table).copy();
      add(Kind.DATA, table.schema(), table.name(), table.name(), copy);
    }
    for (Sequence sequence : lastingSequences()) {
      String name = Names.of(sequence.schema(), sequence.name());
      add(Kind.POSITION, sequence.schema(), sequence.name(), tableOf(sequence), name);
    }
  }

  /**
   * Every table after those that it refers to; when all that are left wait for each other, the
   * first of them is next.
   */
  private Collection<Table> byReference() {
    Map<TableId, Table> waiting = new LinkedHashMap<>();
    lastingTables().forEach(table -> waiting.put(table.id(), table));
    List<Table> ordered = new ArrayList<>();
    while (!waiting.isEmpty()) {
      Table next =
          waiting.values().stream()
              .filter(table -> refersToNone(table, waiting))
              .findFirst()
              .orElseGet(() -> waiting.values().iterator().next());
      waiting.remove(next.id());
      ordered.add(next);
    }
    return ordered;
  }

  private static boolean refersToNone(Table table, Map<TableId, Table> waiting) {
    return table.foreignKeys().stream()
        .map(Constraint.ForeignKey::referenced)
        .allMatch(other -> other.equals(table.id()) || !waiting.containsKey(other));
  }

  private void foreignKeys() {
    for (Table table : lastingTables()) {
      TableText text = new TableText(catalog, table);
      for (Constraint.ForeignKey key : table.foreignKeys()) {
        String statement = text.addForeignKey(key);
        add(Kind.FOREIGN_KEY, table.schema(), key.name(), table.name(), statement);
      }
    }
  }
}
