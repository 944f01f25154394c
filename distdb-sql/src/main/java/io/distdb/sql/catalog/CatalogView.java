// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** All definitions at one schema version. Immutable. Names are as stored: folded, unquoted. */
public interface CatalogView {
  /** Nothing defined: for statements that name no tables. */
  CatalogView EMPTY = new CatalogSnapshot(Timestamp.NONE, List.of());

  /** What {@link io.distdb.api.txn.Transaction#schemaVersion} said when this was read. */
  long schemaVersion();

  Optional<Table> table(String name);

  Optional<IndexDefinition> index(String name);

  Collection<Table> tables();
}
