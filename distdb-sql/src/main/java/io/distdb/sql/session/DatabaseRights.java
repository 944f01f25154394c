// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.access.Authority;
import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.access.Role;
import io.distdb.sql.access.Roles;
import io.distdb.sql.ast.DatabaseStatement;
import io.distdb.sql.ast.RoleName;
import java.util.Optional;

/** Who may make and drop databases. */
final class DatabaseRights {
  private DatabaseRights() {}

  /**
   * Whose the new database will be.
   *
   * @throws DistDbException {@code INSUFFICIENT_PRIVILEGE}; {@code UNDEFINED_OBJECT}: no such role
   */
  static long owner(DatabaseStatement.CreateDatabase create, SessionIdentity identity) {
    Roles roles = identity.refresh().roles();
    long runner = identity.runner().current();
    boolean creates =
        identity.isSuperuser() || roles.find(runner).filter(Role::createDatabase).isPresent();
    if (!creates) {
      throw new DistDbException(
          ErrorCode.INSUFFICIENT_PRIVILEGE, "permission denied to create database");
    }
    if (create.owner().isEmpty()) {
      return runner;
    }
    RoleName name = create.owner().get();
    long owner =
        roles
            .find(name.text())
            .map(Role::id)
            .orElseThrow(() ->
                new DistDbException(
                    ErrorCode.UNDEFINED_OBJECT, "role \"" + name + "\" does not exist"));
    if (!roles.isMember(runner, owner)) {
      throw new DistDbException(
          ErrorCode.INSUFFICIENT_PRIVILEGE, "must be member of role \"" + name + "\"");
    }
    return owner;
  }

  /**
   * @throws DistDbException {@code INSUFFICIENT_PRIVILEGE}: the database is another's
   */
  static void requireOwner(String database, LocalSession session) {
    Authority authority = session.identity().refresh();
    Optional<Long> owner =
        session.database().databases().accessOf(database).map(ObjectAccess::owner);
    long runner = session.identity().runner().current();
    if (owner.isPresent() && !authority.hasRightsOf(runner, owner.get())) {
      throw new DistDbException(
          ErrorCode.INSUFFICIENT_PRIVILEGE, "must be owner of database " + database);
    }
  }
}
