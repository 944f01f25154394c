// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.grant;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.View;
import io.distdb.sql.live.LiveTable;
import java.util.Arrays;
import java.util.List;

/** A table of texts. */
interface GrantTable extends LiveTable {
  @Override
  default String schema() {
    return GrantTables.SCHEMA;
  }

  static List<View.Column> columns(String names) {
    return Arrays.stream(names.split(","))
        .map(name -> new View.Column(name.strip(), SqlType.TEXT))
        .toList();
  }

  static List<Value> row(String... cells) {
    return Arrays.stream(cells).map(Value::of).toList();
  }

  static String yesOrNo(boolean yes) {
    return yes ? "YES" : "NO";
  }
}
