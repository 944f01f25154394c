// SPDX-License-Identifier: MIT
package io.distdb.node.dump;

import io.distdb.client.Result;
import io.distdb.client.Row;
import io.distdb.client.Statements;
import io.distdb.sql.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What makes the roles of a store, and who is in which; as pg_dumpall writes them. Passwords, and
 * what they are verified by, are shown to nobody. The first role is there in every store.
 */
final class RoleStatements {
  private static final String ROLES =
      "SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin,"
          + " rolreplication, rolbypassrls, rolconnlimit, rolvaliduntil::text, oid = 10 FROM"
          + " pg_catalog.pg_roles WHERE rolname !~ '^pg_' ORDER BY rolname";

  private static final String SETTINGS =
      "SELECT r.rolname, s.setting FROM pg_catalog.pg_roles r, unnest(r.rolconfig) AS s (setting)"
          + " WHERE r.rolname !~ '^pg_' ORDER BY 1, 2";

  private static final String MEMBERSHIPS =
      "SELECT r.rolname, m.rolname, g.rolname, a.admin_option FROM pg_catalog.pg_auth_members a"
          + " JOIN pg_catalog.pg_roles r ON r.oid = a.roleid"
          + " JOIN pg_catalog.pg_roles m ON m.oid = a.member"
          + " LEFT JOIN pg_catalog.pg_roles g ON g.oid = a.grantor ORDER BY 1, 2, 3";

  private static final List<String> ATTRIBUTES =
      List.of(
          "SUPERUSER", "INHERIT", "CREATEROLE", "CREATEDB", "LOGIN", "REPLICATION", "BYPASSRLS");

  /** Settings whose values are lists of names. */
  private static final Pattern NAME_LISTS = Pattern.compile("search_path|temp_tablespaces");

  private static final Pattern NAME_IN_LIST = Pattern.compile("\"(?:[^\"]|\"\")*\"|[^\",\\s]+");

  private RoleStatements() {}

  static List<String> of(Statements database) {
    List<String> statements = new ArrayList<>();
    try (Result rows = database.query(ROLES)) {
      while (rows.next()) {
        if (!rows.getBoolean(10)) {
          statements.add("CREATE ROLE " + Texts.identifier(rows.getString(0)));
        }
        statements.add(alter(rows));
      }
    }
    try (Result rows = database.query(SETTINGS)) {
      while (rows.next()) {
        statements.add(setting(rows.getString(0), rows.getString(1)));
      }
    }
    try (Result rows = database.query(MEMBERSHIPS)) {
      while (rows.next()) {
        statements.add(grant(rows));
      }
    }
    return statements;
  }

  private static String alter(Row role) {
    StringBuilder text =
        new StringBuilder("ALTER ROLE ")
            .append(Texts.identifier(role.getString(0)))
            .append(" WITH");
    for (int i = 0; i < ATTRIBUTES.size(); i++) {
      text.append(role.getBoolean(i + 1) ? " " : " NO").append(ATTRIBUTES.get(i));
    }
    if (role.getInt(8) >= 0) {
      text.append(" CONNECTION LIMIT ").append(role.getInt(8));
    }
    if (!role.isNull(9)) {
      text.append(" VALID UNTIL ").append(Texts.literal(role.getString(9)));
    }
    return text.toString();
  }

  /**
   * @param setting as {@code name=value}
   */
  private static String setting(String role, String setting) {
    String name = setting.substring(0, setting.indexOf('='));
    String value = setting.substring(name.length() + 1);
    String written =
        NAME_LISTS.matcher(name).matches()
            ? NAME_IN_LIST
                .matcher(value)
                .results()
                .map(found -> Texts.literal(unquoted(found.group())))
                .collect(Collectors.joining(", "))
            : Texts.literal(value);
    return "ALTER ROLE "
        + Texts.identifier(role)
        + " SET "
        + parameter(name)
        + " TO "
        + (written.isEmpty() ? "''" : written);
  }

  /** The name of a setting: perhaps of two parts, with a point between. */
  private static String parameter(String name) {
    return Pattern.compile("\\.")
        .splitAsStream(name)
        .map(Texts::identifier)
        .collect(Collectors.joining("."));
  }

  private static String unquoted(String name) {
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }

  private static String grant(Row membership) {
    return "GRANT "
        + Texts.identifier(membership.getString(0))
        + " TO "
        + Texts.identifier(membership.getString(1))
        + (membership.getBoolean(3) ? " WITH ADMIN OPTION" : "")
        + Optional.ofNullable(membership.getString(2))
            .map(grantor -> " GRANTED BY " + Texts.identifier(grantor))
            .orElse("");
  }
}
