// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.TableId;
import io.distdb.api.Timestamp;
import io.distdb.sql.access.Authority;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** All definitions at one schema version. Immutable. Names are as stored: folded, unquoted. */
public interface CatalogView {
  /** Nothing defined: for statements that name no tables. */
  CatalogView EMPTY =
      new CatalogSnapshot(
          Timestamp.NONE,
          new CatalogSnapshot.Contents(
              List.of(), List.of(), List.of(), List.of(), List.of(), Authority.FIRST));

  /** What {@link io.distdb.api.txn.Transaction#schemaVersion} said when this was read. */
  long schemaVersion();

  /** Of {@link Table#PUBLIC}. */
  default Optional<Table> table(String name) {
    return table(Table.PUBLIC, name);
  }

  Optional<Table> table(String schema, String name);

  Optional<Table> table(TableId id);

  /** Of {@link Table#PUBLIC}. */
  default Optional<IndexDefinition> index(String name) {
    return index(Table.PUBLIC, name);
  }

  Optional<IndexDefinition> index(String schema, String name);

  Optional<Sequence> sequence(String schema, String name);

  Optional<View> view(String schema, String name);

  Optional<Schema> schema(String name);

  /** Ordered by schema and name, as the other collections are. */
  Collection<Table> tables();

  Collection<Sequence> sequences();

  Collection<View> views();

  Collection<Schema> schemas();

  /** Ordered by object and member. */
  Collection<Comment> comments();

  /** Roles, owners and privileges. */
  Authority authority();

  /** Its objects by number. */
  default CatalogObjects objects() {
    return new CatalogObjects(this);
  }

  /** The tables with a foreign key to {@code table}, itself perhaps among them. */
  default List<Table> referencing(TableId table) {
    return tables().stream()
        .filter(
            other -> other.foreignKeys().stream().anyMatch(key -> key.referenced().equals(table)))
        .toList();
  }
}
