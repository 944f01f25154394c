// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sql.access.Authority;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.access.Role;
import io.distdb.sql.access.Roles;
import io.distdb.sql.access.Securable;
import java.util.Optional;

/**
 * Who may come in, as the catalog says. A session that is content with what its node has ({@code
 * transaction_read_mode}) comes in by what the node has, too: also when nobody leads. Then roles
 * and rights are as old as what it will read. Thread-safe.
 */
public final class Entrance {
  private final Databases databases;
  private final TransactionOptions reading;

  Entrance(Databases databases, TransactionOptions reading) {
    this.databases = databases;
    this.reading = reading;
  }

  /** The role of that name. */
  public Optional<Role> role(String name) {
    return roles().find(name);
  }

  private Optional<Role> first() {
    return roles().find(Role.FIRST);
  }

  private Roles roles() {
    return databases.main().definitions(reading).authority().roles();
  }

  /**
   * A session for somebody who is trusted: the role of that name, or the store's first role, when
   * there is none.
   *
   * @throws DistDbException as {@link #session}
   */
  public ServerSession trusted(String database, String user) {
    return session(database, role(user).or(this::first).orElseGet(Role::first));
  }

  /**
   * A session with the rights of {@code role}. Whoever calls knows that it is that role which wants
   * in; the validity of its password is the caller's to check.
   *
   * @param database as stored: folded, unquoted
   * @throws DistDbException {@code INVALID_AUTHORIZATION}: it cannot log in; {@code
   *     UNDEFINED_DATABASE}; {@code INSUFFICIENT_PRIVILEGE}: not to this database; {@code
   *     TOO_MANY_CONNECTIONS}: it has as many sessions as it may have
   */
  public ServerSession session(String database, Role role) {
    if (!role.login()) {
      throw new DistDbException(
          ErrorCode.INVALID_AUTHORIZATION,
          "role \"" + role.name() + "\" is not permitted to log in");
    }
    Database opened = databases.database(database, reading);
    Authority authority = opened.definitions(reading).authority();
    int connect = Privilege.CONNECT.bit();
    if ((authority.privileges(role.id(), Securable.DATABASE, 0) & connect) == 0) {
      throw new DistDbException(
              ErrorCode.INSUFFICIENT_PRIVILEGE,
              "permission denied for database \"" + database + "\"")
          .withDetail("User does not have CONNECT privilege.");
    }
    return databases.newSession(opened, role);
  }
}
