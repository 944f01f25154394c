// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.grant;

import io.distdb.api.type.Value;
import io.distdb.sql.access.Acl;
import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.access.Role;
import io.distdb.sql.access.Securable;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import java.util.ArrayList;
import java.util.List;

/** USAGE of sequences, and of collations, which everybody may use. */
record UsagePrivileges(String name, boolean enabledOnly) implements GrantTable {
  private static final List<View.Column> COLUMNS =
      GrantTable.columns(
          "grantor, grantee, object_catalog, object_schema, object_name, object_type,"
              + " privilege_type, is_grantable");

  @Override
  public List<View.Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<List<Value>> rows(Environment environment) {
    Reader reader = Reader.of(environment, enabledOnly);
    String database = environment.database();
    List<List<Value>> rows = new ArrayList<>();
    Acl everybody = Acl.NONE.grant(Acl.PUBLIC, Privilege.USAGE.bit(), 0, Role.FIRST);
    for (String collation : environment.names().collations()) {
      for (Reader.Granted granted : reader.shown(everybody, Role.FIRST, Privilege.USAGE.bit())) {
        rows.add(row(granted, database, "pg_catalog", collation, "COLLATION"));
      }
    }
    for (Sequence sequence : environment.catalog().sequences()) {
      ObjectAccess access = reader.authority().of(sequence.id());
      Acl acl = access.effective(Securable.SEQUENCE);
      for (Reader.Granted granted : reader.shown(acl, access.owner(), Privilege.USAGE.bit())) {
        rows.add(row(granted, database, sequence.schema(), sequence.name(), "SEQUENCE"));
      }
    }
    return rows;
  }

  private static List<Value> row(
      Reader.Granted granted, String database, String schema, String name, String type) {
    return GrantTable.row(
        granted.grantor(),
        granted.grantee(),
        database,
        schema,
        name,
        type,
        granted.privilege().name(),
        GrantTable.yesOrNo(granted.grantable()));
  }
}
