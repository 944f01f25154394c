// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;

/** {@code pg_rewrite}: a view is a rule in PostgreSQL. */
final class PgRewrite {
  private PgRewrite() {}

  static void addTo(PgRows rows, Environment environment) {
    for (View view : environment.catalog().views()) {
      rows.add()
          .set("oid", oid(view))
          .set("rulename", "_RETURN")
          .set("ev_class", Oids.of(view))
          .set("ev_type", "1")
          .set("ev_enabled", "O")
          .set("is_instead", true)
          .set("ev_qual", "<>")
          .set("ev_action", view.text());
    }
  }

  static long oid(View view) {
    return Oids.ofMember(view.id(), 0);
  }
}
