// SPDX-License-Identifier: MIT
package io.distdb.sql.live;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import java.util.List;

/** A table of what is so at the moment. It is in no snapshot: two looks may differ. */
public interface LiveTable {
  String schema();

  String name();

  List<View.Column> columns();

  /** Its rows now; each has a value of each column's type. */
  List<List<Value>> rows(Environment environment);
}
