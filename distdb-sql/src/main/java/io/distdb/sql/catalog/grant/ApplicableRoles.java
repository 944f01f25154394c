// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.grant;

import io.distdb.api.type.Value;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import java.util.List;

/**
 * Who of the enabled roles is a member of which.
 *
 * @param administrable only where others may be made members
 */
record ApplicableRoles(String name, boolean administrable) implements GrantTable {
  private static final List<View.Column> COLUMNS =
      GrantTable.columns("grantee, role_name, is_grantable");

  @Override
  public List<View.Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<List<Value>> rows(Environment environment) {
    Reader reader = Reader.of(environment, true);
    return reader.memberships().stream()
        .filter(membership -> membership.admin() || !administrable)
        .map(membership ->
            GrantTable.row(
                reader.name(membership.member()),
                reader.name(membership.role()),
                GrantTable.yesOrNo(membership.admin())))
        .toList();
  }
}
