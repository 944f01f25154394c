// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.grant;

import io.distdb.api.type.Value;
import io.distdb.sql.access.Acl;
import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.access.Securable;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Privileges on columns: those on the whole table, and those granted on columns. */
record ColumnPrivileges(String name, boolean enabledOnly) implements GrantTable {
  private static final List<View.Column> COLUMNS =
      GrantTable.columns(
          "grantor, grantee, table_catalog, table_schema, table_name, column_name,"
              + " privilege_type, is_grantable");

  /**
   * @param slot where its own privileges are found
   */
  private record Column(String schema, String table, String name, int slot) {}

  @Override
  public List<View.Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<List<Value>> rows(Environment environment) {
    Reader reader = Reader.of(environment, enabledOnly);
    CatalogView catalog = environment.catalog();
    Set<List<Value>> rows = new LinkedHashSet<>();
    for (Table table : catalog.tables()) {
      ObjectAccess access = reader.authority().of(table.id().value());
      for (int i = 0; i < table.columns().size(); i++) {
        String name = table.columns().get(i).name();
        Column column = new Column(table.schema(), table.name(), name, table.slotOf(i));
        add(rows, reader, environment.database(), column, access);
      }
    }
    for (View view : catalog.views()) {
      ObjectAccess access = reader.authority().of(view.id());
      for (int i = 0; i < view.columns().size(); i++) {
        String name = view.columns().get(i).name();
        Column column = new Column(view.schema(), view.name(), name, i);
        add(rows, reader, environment.database(), column, access);
      }
    }
    return new ArrayList<>(rows);
  }

  private static void add(
      Set<List<Value>> rows, Reader reader, String database, Column column, ObjectAccess access) {
    Acl whole = access.effective(Securable.TABLE);
    Acl own = access.columns().getOrDefault(column.slot(), Acl.NONE);
    int privileges = Securable.COLUMN.privileges();
    for (Acl acl : List.of(whole, own)) {
      for (Reader.Granted granted : reader.shown(acl, access.owner(), privileges)) {
        rows.add(
            GrantTable.row(
                granted.grantor(),
                granted.grantee(),
                database,
                column.schema(),
                column.table(),
                column.name(),
                granted.privilege().name(),
                GrantTable.yesOrNo(granted.grantable())));
      }
    }
  }
}
