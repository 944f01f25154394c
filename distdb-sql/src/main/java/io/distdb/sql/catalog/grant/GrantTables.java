// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.grant;

import io.distdb.sql.live.LiveTable;
import java.util.List;
import java.util.Optional;

/** All tables about privileges. */
public final class GrantTables {
  static final String SCHEMA = "information_schema";

  private static final List<LiveTable> ALL =
      List.of(
          new EnabledRoles(),
          new ApplicableRoles("applicable_roles", false),
          new ApplicableRoles("administrable_role_authorizations", true),
          new TablePrivileges("table_privileges", false),
          new TablePrivileges("role_table_grants", true),
          new ColumnPrivileges("column_privileges", false),
          new ColumnPrivileges("role_column_grants", true),
          new UsagePrivileges("usage_privileges", false),
          new UsagePrivileges("role_usage_grants", true),
          new RoutinePrivileges("routine_privileges", false),
          new RoutinePrivileges("role_routine_grants", true));

  private GrantTables() {}

  /**
   * @param schema absent finds none: the schema is on no search path
   */
  public static Optional<LiveTable> find(Optional<String> schema, String name) {
    return schema.filter(SCHEMA::equals).isEmpty()
        ? Optional.empty()
        : ALL.stream().filter(table -> table.name().equals(name)).findFirst();
  }

  public static List<LiveTable> all() {
    return ALL;
  }
}
