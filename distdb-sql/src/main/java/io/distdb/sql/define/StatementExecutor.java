// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.type.Value;
import io.distdb.sql.ast.Statement;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.datetime.DateTimeContext;
import java.util.List;
import java.util.Optional;

/** Plans and runs a statement within the definition's transaction, against given definitions. */
public interface StatementExecutor {
  /** Runs INSERT, UPDATE or DELETE. Answers how many rows it changed. */
  long change(Statement change, CatalogView catalog);

  /** The name of the database that it runs in. */
  String database();

  /** When and where the statement runs. */
  DateTimeContext moment();

  /**
   * A value that a setting may have, as SHOW prints it.
   *
   * @param value absent: the default
   * @throws io.distdb.api.error.DistDbException as SET does
   */
  Optional<String> checkedSetting(String name, Optional<String> value);

  /** The first row of a query. */
  Optional<List<Value>> firstRow(Statement query, CatalogView catalog);
}
