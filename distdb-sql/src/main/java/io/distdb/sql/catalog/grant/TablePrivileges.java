// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.grant;

import io.distdb.api.type.Value;
import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.access.Securable;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import java.util.ArrayList;
import java.util.List;

/** Privileges on whole tables and views, those of users alone. */
record TablePrivileges(String name, boolean enabledOnly) implements GrantTable {
  private static final List<View.Column> COLUMNS =
      GrantTable.columns(
          "grantor, grantee, table_catalog, table_schema, table_name, privilege_type,"
              + " is_grantable, with_hierarchy");

  @Override
  public List<View.Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<List<Value>> rows(Environment environment) {
    Reader reader = Reader.of(environment, enabledOnly);
    CatalogView catalog = environment.catalog();
    List<List<Value>> rows = new ArrayList<>();
    for (Table table : catalog.tables()) {
      add(rows, reader, environment.database(), table.schema(), table.name(), table.id().value());
    }
    for (View view : catalog.views()) {
      add(rows, reader, environment.database(), view.schema(), view.name(), view.id());
    }
    return rows;
  }

  private static void add(
      List<List<Value>> rows, Reader reader, String database, String schema, String name, long id) {
    ObjectAccess access = reader.authority().of(id);
    int all = Securable.TABLE.privileges();
    for (Reader.Granted granted :
        reader.shown(access.effective(Securable.TABLE), access.owner(), all)) {
      rows.add(
          GrantTable.row(
              granted.grantor(),
              granted.grantee(),
              database,
              schema,
              name,
              granted.privilege().name(),
              GrantTable.yesOrNo(granted.grantable()),
              GrantTable.yesOrNo(granted.privilege() == Privilege.SELECT)));
    }
  }
}
