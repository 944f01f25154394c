// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

/** Snapshots for other sessions (PostgreSQL's documentation, 9.27.5). */
final class SnapshotFunctions {
  private SnapshotFunctions() {}

  static void addTo(FunctionTable table) {
    table.addVolatile(
        "pg_export_snapshot() text",
        (x, r, i, a) -> r.texts[i] = x.environment().session().exportSnapshot());
  }
}
