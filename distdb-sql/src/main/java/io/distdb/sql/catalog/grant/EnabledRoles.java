// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.grant;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import java.util.List;

/** The roles whose rights the reader has. */
final class EnabledRoles implements GrantTable {
  private static final List<View.Column> COLUMNS = GrantTable.columns("role_name");

  @Override
  public String name() {
    return "enabled_roles";
  }

  @Override
  public List<View.Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<List<Value>> rows(Environment environment) {
    return Reader.of(environment, true).enabled().stream()
        .map(role -> GrantTable.row(role.name()))
        .toList();
  }
}
