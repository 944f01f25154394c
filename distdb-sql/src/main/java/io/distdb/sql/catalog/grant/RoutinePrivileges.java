// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.grant;

import io.distdb.api.type.Value;
import io.distdb.sql.access.Acl;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.access.Role;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.CatalogNames;
import io.distdb.sql.function.Environment;
import java.util.ArrayList;
import java.util.List;

/** EXECUTE on functions: all are the first role's, and everybody may call them. */
record RoutinePrivileges(String name, boolean enabledOnly) implements GrantTable {
  private static final List<View.Column> COLUMNS =
      GrantTable.columns(
          "grantor, grantee, specific_catalog, specific_schema, specific_name, routine_catalog,"
              + " routine_schema, routine_name, privilege_type, is_grantable");

  @Override
  public List<View.Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<List<Value>> rows(Environment environment) {
    Reader reader = Reader.of(environment, enabledOnly);
    int execute = Privilege.EXECUTE.bit();
    Acl acl =
        Acl.NONE
            .grant(Acl.PUBLIC, execute, 0, Role.FIRST)
            .grant(Role.FIRST, execute, 0, Role.FIRST);
    List<Reader.Granted> shown = reader.shown(acl, Role.FIRST, execute);
    String database = environment.database();
    List<List<Value>> rows = new ArrayList<>();
    for (CatalogNames.Routine routine : environment.names().routines()) {
      for (Reader.Granted granted : shown) {
        rows.add(
            GrantTable.row(
                granted.grantor(),
                granted.grantee(),
                database,
                "pg_catalog",
                routine.name() + "_" + routine.oid(),
                database,
                "pg_catalog",
                routine.name(),
                granted.privilege().name(),
                GrantTable.yesOrNo(granted.grantable())));
      }
    }
    return rows;
  }
}
