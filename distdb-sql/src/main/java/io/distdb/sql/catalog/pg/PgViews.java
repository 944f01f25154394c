// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;

/** {@code pg_views}: views of users. */
final class PgViews {
  private PgViews() {}

  static void addTo(PgRows rows, Environment environment) {
    Owners owners = new Owners(environment.catalog());
    for (View view : environment.catalog().views()) {
      rows.add()
          .set("schemaname", view.schema())
          .set("viewname", view.name())
          .set("viewowner", owners.name(view.id()))
          .set("definition", view.text() + ";");
    }
  }
}
