// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.txn.LockStrength;
import io.distdb.sql.vector.Vector;

/** Advisory locks (PostgreSQL's documentation, 9.27.10). */
final class AdvisoryFunctions {
  private static final String ONE = "(int8) ";
  private static final String TWO = "(int4,int4) ";

  private AdvisoryFunctions() {}

  /** Reads the key of a row of arguments. */
  @FunctionalInterface
  private interface KeyOf {
    AdvisoryKey key(Vector[] arguments, int row);
  }

  static void addTo(FunctionTable table) {
    addOf(table, ONE, (a, i) -> AdvisoryKey.of(a[0].longs[i]));
    addOf(table, TWO, (a, i) -> AdvisoryKey.of((int) a[0].longs[i], (int) a[1].longs[i]));
    table.addVolatile(
        "pg_advisory_unlock_all() text",
        (x, r, i, a) -> {
          control(x).unlockAll();
          r.texts[i] = "";
        });
  }

  private static AdvisoryControl control(Caller caller) {
    return caller.environment().session().advisory();
  }

  private static void addOf(FunctionTable table, String types, KeyOf keys) {
    for (LockStrength strength : LockStrength.values()) {
      String shared = strength == LockStrength.SHARED ? "_shared" : "";
      for (AdvisoryScope scope : AdvisoryScope.values()) {
        String lock = "advisory" + (scope == AdvisoryScope.TRANSACTION ? "_xact" : "") + "_lock";
        table.addVolatile(
            "pg_" + lock + shared + types + "text",
            (x, r, i, a) -> {
              control(x).lock(keys.key(a, i), strength, scope, x);
              r.texts[i] = "";
            });
        table.addVolatile(
            "pg_try_" + lock + shared + types + "bool",
            (x, r, i, a) ->
                r.longs[i] = control(x).tryLock(keys.key(a, i), strength, scope, x) ? 1 : 0);
      }
      table.addVolatile(
          "pg_advisory_unlock" + shared + types + "bool",
          (x, r, i, a) -> r.longs[i] = control(x).unlock(keys.key(a, i), strength) ? 1 : 0);
    }
  }
}
