// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What users have made, by its number in the catalog ({@link Oids}). Immutable. */
public final class CatalogObjects {
  /** What has a row in {@code pg_class}. */
  public sealed interface Relation {
    long oid();

    String schema();

    String name();
  }

  public record OfTable(Table table) implements Relation {
    @Override
    public long oid() {
      return Oids.of(table);
    }

    @Override
    public String schema() {
      return table.schema();
    }

    @Override
    public String name() {
      return table.name();
    }
  }

  /** The index of a primary key. */
  public record OfKey(Table table) implements Relation {
    @Override
    public long oid() {
      return Oids.ofKey(table);
    }

    @Override
    public String schema() {
      return table.schema();
    }

    @Override
    public String name() {
      return table.primaryKeyName();
    }
  }

  public record OfIndex(Table table, IndexDefinition index) implements Relation {
    @Override
    public long oid() {
      return Oids.of(index);
    }

    @Override
    public String schema() {
      return table.schema();
    }

    @Override
    public String name() {
      return index.name();
    }
  }

  public record OfSequence(Sequence sequence) implements Relation {
    @Override
    public long oid() {
      return Oids.of(sequence);
    }

    @Override
    public String schema() {
      return sequence.schema();
    }

    @Override
    public String name() {
      return sequence.name();
    }
  }

  public record OfView(View view) implements Relation {
    @Override
    public long oid() {
      return Oids.of(view);
    }

    @Override
    public String schema() {
      return view.schema();
    }

    @Override
    public String name() {
      return view.name();
    }
  }

  /** A constraint and where it is. */
  public record OfConstraint(long oid, Table table, Constraint constraint) {}

  /** The place of a primary key that no constraint was recorded for. */
  private static final int UNRECORDED_KEY = 2047;

  private final Map<Long, Relation> relations = new LinkedHashMap<>();
  private final Map<Long, OfConstraint> constraints = new LinkedHashMap<>();
  private final Map<Long, Schema> schemas = new LinkedHashMap<>();

  CatalogObjects(CatalogView catalog) {
    for (Schema schema : catalog.schemas()) {
      schemas.put(Oids.of(schema), schema);
    }
    for (Table table : catalog.tables()) {
      add(new OfTable(table));
      if (!table.hasRowId()) {
        add(new OfKey(table));
      }
      table.indexes().forEach(index -> add(new OfIndex(table, index)));
      addConstraints(table);
    }
    catalog.sequences().forEach(sequence -> add(new OfSequence(sequence)));
    catalog.views().forEach(view -> add(new OfView(view)));
  }

  private void add(Relation relation) {
    relations.put(relation.oid(), relation);
  }

  private void addConstraints(Table table) {
    List<Constraint> all = new ArrayList<>(table.constraints());
    for (int i = 0; i < all.size(); i++) {
      add(table, all.get(i), i);
    }
    boolean recorded = all.stream().anyMatch(Constraint.PrimaryKey.class::isInstance);
    if (!table.hasRowId() && !recorded) {
      add(
          table,
          new Constraint.PrimaryKey(table.primaryKeyName(), table.primaryKey()),
          UNRECORDED_KEY);
    }
  }

  private void add(Table table, Constraint constraint, int place) {
    long oid = Oids.ofMember(table.id().value(), place);
    constraints.put(oid, new OfConstraint(oid, table, constraint));
  }

  /** In a fixed order: a table, then its indexes; sequences and views after all tables. */
  public Collection<Relation> relations() {
    return relations.values();
  }

  public Optional<Relation> relation(long oid) {
    return Optional.ofNullable(relations.get(oid));
  }

  public Collection<OfConstraint> constraints() {
    return constraints.values();
  }

  public Optional<OfConstraint> constraint(long oid) {
    return Optional.ofNullable(constraints.get(oid));
  }

  public Optional<Schema> schema(long oid) {
    return Optional.ofNullable(schemas.get(oid));
  }
}
