// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;

/** Who waits for whom (PostgreSQL's documentation, 9.26.1). */
final class LockFunctions {
  private LockFunctions() {}

  static void addTo(FunctionTable table) {
    table.addVolatile(
        "pg_blocking_pids(int4) int4[]",
        (x, r, i, a) ->
            r.objects[i] =
                SqlArray.of(
                    SqlType.INTEGER,
                    x.environment().session().blockersOf((int) a[0].longs[i]).stream()
                        .map(number -> Value.of((int) number))
                        .toList()));
  }
}
