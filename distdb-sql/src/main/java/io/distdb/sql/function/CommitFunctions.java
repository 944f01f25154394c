// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.sql.text.UuidText;
import java.util.UUID;

/** What became of commits, of the schema {@code distdb}. */
final class CommitFunctions {
  private CommitFunctions() {}

  static void addTo(FunctionTable table) {
    table.addVolatile(
        "commit_status(text) text",
        (x, r, i, a) -> r.texts[i] = status(x, UuidText.parse(a[0].texts[i])));
    table.addVolatile(
        "commit_status(uuid) text", (x, r, i, a) -> r.texts[i] = status(x, (UUID) a[0].objects[i]));
  }

  private static String status(Caller caller, UUID token) {
    return caller.environment().session().commitStatus(token);
  }
}
