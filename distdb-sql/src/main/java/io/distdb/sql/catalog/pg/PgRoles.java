// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.sql.access.Membership;
import io.distdb.sql.access.PredefinedRole;
import io.distdb.sql.access.Role;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.function.Environment;
import java.util.List;
import java.util.Map;

/**
 * {@code pg_roles}, {@code pg_authid}, {@code pg_user}, {@code pg_shadow}, {@code pg_group} and {@code
 * pg_auth_members}: roles. A password's verifier is shown to nobody.
 */
final class PgRoles {
  private static final String HIDDEN = "********";

  private PgRoles() {}

  /** {@code pg_roles} and {@code pg_authid}, whose columns have the same names. */
  static void addTo(PgRows rows, Environment environment) {
    for (Role role : environment.catalog().authority().roles().all()) {
      add(rows, role).set("rolpassword", HIDDEN);
      settings(rows, "rolconfig", role);
    }
  }

  static void addAuthid(PgRows rows, Environment environment) {
    for (Role role : environment.catalog().authority().roles().all()) {
      add(rows, role);
      if (role.verifier().isPresent()) {
        rows.set("rolpassword", HIDDEN);
      }
    }
  }

  private static PgRows add(PgRows rows, Role role) {
    rows.add()
        .set("oid", Oids.ofRole(role.id()))
        .set("rolname", role.name())
        .set("rolsuper", role.superuser())
        .set("rolinherit", role.inherit())
        .set("rolcreaterole", role.createRole())
        .set("rolcreatedb", role.createDatabase())
        .set("rolcanlogin", role.login())
        .set("rolreplication", role.replication())
        .set("rolbypassrls", role.bypassesRowSecurity())
        .set("rolconnlimit", role.connectionLimit());
    role.validUntilMicros().ifPresent(until -> rows.set("rolvaliduntil", (long) until));
    return rows;
  }

  private static void settings(PgRows rows, String column, Role role) {
    if (!role.settings().isEmpty()) {
      rows.setTexts(column, texts(role.settings()));
    }
  }

  private static List<String> texts(Map<String, String> settings) {
    return settings.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
  }

  /** {@code pg_user} and {@code pg_shadow}: the roles that may log in. */
  static void addUsers(PgRows rows, Environment environment) {
    for (Role role : environment.catalog().authority().roles().all()) {
      if (role.login()) {
        rows.add()
            .set("usename", role.name())
            .set("usesysid", Oids.ofRole(role.id()))
            .set("usecreatedb", role.createDatabase())
            .set("usesuper", role.superuser())
            .set("userepl", role.replication())
            .set("usebypassrls", role.bypassesRowSecurity())
            .set("passwd", HIDDEN);
        role.validUntilMicros().ifPresent(until -> rows.set("valuntil", (long) until));
        settings(rows, "useconfig", role);
      }
    }
  }

  /** {@code pg_group}: the roles that may not. */
  static void addGroups(PgRows rows, Environment environment) {
    List<Membership> memberships = environment.catalog().authority().roles().memberships();
    for (Role role : environment.catalog().authority().roles().all()) {
      if (!role.login()) {
        List<Long> members =
            memberships.stream()
                .filter(membership -> membership.role() == role.id())
                .map(membership -> Oids.ofRole(membership.member()))
                .toList();
        rows.add()
            .set("groname", role.name())
            .set("grosysid", Oids.ofRole(role.id()))
            .set("grolist", members);
      }
    }
  }

  static void addMembers(PgRows rows, Environment environment) {
    for (Membership each : environment.catalog().authority().roles().memberships()) {
      if (each.role() == PredefinedRole.PG_DATABASE_OWNER.id()) {
        continue; // the owner of the database is a member without being listed
      }
      rows.add()
          .set("roleid", Oids.ofRole(each.role()))
          .set("member", Oids.ofRole(each.member()))
          .set("grantor", Oids.ofRole(each.grantor()))
          .set("admin_option", each.admin());
    }
  }

  /** {@code pg_db_role_setting}: those of roles; databases have none. */
  static void addSettings(PgRows rows, Environment environment) {
    for (Role role : environment.catalog().authority().roles().all()) {
      if (!role.settings().isEmpty()) {
        rows.add()
            .set("setrole", Oids.ofRole(role.id()))
            .setTexts("setconfig", texts(role.settings()));
      }
    }
  }
}
