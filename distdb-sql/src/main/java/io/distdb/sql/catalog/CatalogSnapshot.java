// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.TableId;
import io.distdb.sql.access.Authority;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A view held in memory, ordered by schema and name. */
public final class CatalogSnapshot implements CatalogView {
  /** What there is. */
  public record Contents(
      List<Schema> schemas,
      List<Table> tables,
      List<Sequence> sequences,
      List<View> views,
      List<Comment> comments,
      Authority authority) {}

  private record Name(String schema, String name) implements Comparable<Name> {
    @Override
    public int compareTo(Name other) {
      int order = schema.compareTo(other.schema);
      return order != 0 ? order : name.compareTo(other.name);
    }
  }

  private final long schemaVersion;
  private final Map<Name, Table> tables = new TreeMap<>();
  private final Map<TableId, Table> tablesById = new HashMap<>();
  private final Map<Name, IndexDefinition> indexes = new TreeMap<>();
  private final Map<Name, Sequence> sequences = new TreeMap<>();
  private final Map<Name, View> views = new TreeMap<>();
  private final Map<String, Schema> schemas = new TreeMap<>();
  private final List<Comment> comments;
  private final Authority authority;

  /** Made when first asked for; two threads may make it, and make the same. */
  private volatile CatalogObjects objects;

  public CatalogSnapshot(long schemaVersion, Contents contents) {
    this.schemaVersion = schemaVersion;
    for (Table table : contents.tables()) {
      tables.put(new Name(table.schema(), table.name()), table);
      tablesById.put(table.id(), table);
      for (IndexDefinition index : table.indexes()) {
        indexes.put(new Name(table.schema(), index.name()), index);
      }
    }
    contents.sequences().forEach(s -> sequences.put(new Name(s.schema(), s.name()), s));
    contents.views().forEach(v -> views.put(new Name(v.schema(), v.name()), v));
    contents.schemas().forEach(schema -> schemas.put(schema.name(), schema));
    comments = List.copyOf(contents.comments());
    authority = contents.authority();
  }

  @Override
  public long schemaVersion() {
    return schemaVersion;
  }

  @Override
  public Optional<Table> table(String schema, String name) {
    return Optional.ofNullable(tables.get(new Name(schema, name)));
  }

  @Override
  public Optional<Table> table(TableId id) {
    return Optional.ofNullable(tablesById.get(id));
  }

  @Override
  public Optional<IndexDefinition> index(String schema, String name) {
    return Optional.ofNullable(indexes.get(new Name(schema, name)));
  }

  @Override
  public Optional<Sequence> sequence(String schema, String name) {
    return Optional.ofNullable(sequences.get(new Name(schema, name)));
  }

  @Override
  public Optional<View> view(String schema, String name) {
    return Optional.ofNullable(views.get(new Name(schema, name)));
  }

  @Override
  public Optional<Schema> schema(String name) {
    return Optional.ofNullable(schemas.get(name));
  }

  @Override
  public Collection<Table> tables() {
    return Collections.unmodifiableCollection(tables.values());
  }

  @Override
  public Collection<Sequence> sequences() {
    return Collections.unmodifiableCollection(sequences.values());
  }

  @Override
  public Collection<View> views() {
    return Collections.unmodifiableCollection(views.values());
  }

  @Override
  public Collection<Schema> schemas() {
    return Collections.unmodifiableCollection(schemas.values());
  }

  @Override
  public CatalogObjects objects() {
    CatalogObjects made = objects;
    if (made == null) {
      made = new CatalogObjects(this);
      objects = made;
    }
    return made;
  }

  @Override
  public Collection<Comment> comments() {
    return comments;
  }

  @Override
  public Authority authority() {
    return authority;
  }
}
