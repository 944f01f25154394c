// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.type.Value;
import io.distdb.sql.ast.Statement;
import io.distdb.sql.catalog.CatalogView;
import java.util.List;
import java.util.Optional;

/** Plans and runs a statement within the definition's transaction, against given definitions. */
public interface StatementExecutor {
  /** Runs INSERT, UPDATE or DELETE. Answers how many rows it changed. */
  long change(Statement change, CatalogView catalog);

  /** The first row of a query. */
  Optional<List<Value>> firstRow(Statement query, CatalogView catalog);
}
