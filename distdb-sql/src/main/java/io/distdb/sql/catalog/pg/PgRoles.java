// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.api.type.Value;
import io.distdb.sql.access.Membership;
import io.distdb.sql.access.Role;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.function.Environment;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code pg_authid}, {@code pg_auth_members} and the views over them. Nobody is shown what a
 * password is verified by.
 */
final class PgRoles {
  /** What views show in the place of a password. */
  private static final String HIDDEN = "********";

  private PgRoles() {}

  static void addRoles(PgRows rows, Environment environment) {
    for (Role role : environment.catalog().authority().roles().all()) {
      add(rows, role).set("rolpassword", HIDDEN);
      if (!role.settings().isEmpty()) {
        rows.setTexts("rolconfig", settings(role));
      }
    }
  }

  static void addIds(PgRows rows, Environment environment) {
    environment.catalog().authority().roles().all().forEach(role -> add(rows, role));
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
    role.validUntilMicros()
        .ifPresent(until -> rows.set("rolvaliduntil", new Value.TimestamptzValue(until)));
    return rows;
  }

  private static List<String> settings(Role role) {
    List<String> settings = new ArrayList<>();
    role.settings().forEach((name, value) -> settings.add(name + "=" + value));
    return settings;
  }

  /** Those who may log in. */
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
        role.validUntilMicros()
            .ifPresent(until -> rows.set("valuntil", new Value.TimestamptzValue(until)));
        if (!role.settings().isEmpty()) {
          rows.setTexts("useconfig", settings(role));
        }
      }
    }
  }

  /** Those who may not: groups with their members. */
  static void addGroups(PgRows rows, Environment environment) {
    for (Role role : environment.catalog().authority().roles().all()) {
      if (!role.login()) {
        List<Long> members = new ArrayList<>();
        for (Membership membership : environment.catalog().authority().roles().memberships()) {
          if (membership.role() == role.id()) {
            members.add(Oids.ofRole(membership.member()));
          }
        }
        rows.add()
            .set("groname", role.name())
            .set("grosysid", Oids.ofRole(role.id()))
            .set("grolist", members);
      }
    }
  }

  static void addMemberships(PgRows rows, Environment environment) {
    for (Membership membership : environment.catalog().authority().roles().memberships()) {
      // that the owner of the database is of pg_database_owner goes without saying
      boolean implicit =
          membership.role() == io.distdb.sql.access.PredefinedRole.PG_DATABASE_OWNER.id();
      if (!implicit) {
        rows.add()
            .set("roleid", Oids.ofRole(membership.role()))
            .set("member", Oids.ofRole(membership.member()))
            .set("grantor", Oids.ofRole(membership.grantor()))
            .set("admin_option", membership.admin());
      }
    }
  }
}
