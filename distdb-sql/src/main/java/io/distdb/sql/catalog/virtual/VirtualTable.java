// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.virtual;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.View;
import java.util.List;

/** A table made of the catalog. */
public interface VirtualTable {
  String schema();

  String name();

  List<View.Column> columns();

  /** Its rows at one schema version, in a fixed order; each has a value of each column's type. */
  List<List<Value>> rows(CatalogView catalog);
}
