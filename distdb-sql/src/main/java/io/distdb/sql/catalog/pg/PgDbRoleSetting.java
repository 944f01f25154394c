// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.access.Role;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.function.Environment;
import java.util.List;

/** {@code pg_db_role_setting}: what ALTER ROLE … SET said; databases have no settings. */
final class PgDbRoleSetting {
  private PgDbRoleSetting() {}

  static void addTo(PgRows rows, Environment environment) {
    for (Role role : environment.catalog().authority().roles().all()) {
      if (!role.settings().isEmpty()) {
        List<String> settings =
            role.settings().entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
        rows.add().set("setrole", Oids.ofRole(role.id())).setTexts("setconfig", settings);
      }
    }
  }
}
