// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.access.Acl;
import io.distdb.sql.access.DefaultPrivileges;
import io.distdb.sql.access.Securable;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.function.Environment;
import java.util.Map;

/** {@code pg_default_acl}. A row has the number of its place. */
final class PgDefaultAcl {
  /** Below what users make. */
  private static final long FIRST = 14_000;

  private PgDefaultAcl() {}

  static void addTo(PgRows rows, Environment environment) {
    CatalogView catalog = environment.catalog();
    Owners owners = new Owners(catalog);
    long oid = FIRST;
    for (Map.Entry<DefaultPrivileges.Key, Acl> entry :
        catalog.authority().defaults().entries().entrySet()) {
      DefaultPrivileges.Key key = entry.getKey();
      rows.add()
          .set("oid", oid++)
          .set("defaclrole", Oids.ofRole(key.role()))
          .set("defaclnamespace", schema(catalog, key.schema()))
          .set("defaclobjtype", letter(key.kind()));
      owners.set(rows, "defaclacl", entry.getValue());
    }
  }

  private static long schema(CatalogView catalog, long id) {
    return catalog.schemas().stream()
        .filter(schema -> schema.id() == id)
        .findFirst()
        .map((Schema schema) -> Oids.of(schema))
        .orElse(0L);
  }

  private static String letter(Securable kind) {
    return switch (kind) {
      case TABLE, VIEW, COLUMN -> "r";
      case SEQUENCE -> "S";
      case SCHEMA -> "n";
      case DATABASE -> "d";
    };
  }
}
