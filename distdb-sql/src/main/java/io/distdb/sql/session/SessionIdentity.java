// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.access.Authority;
import io.distdb.sql.access.PredefinedRole;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.access.Role;
import io.distdb.sql.access.Roles;
import io.distdb.sql.access.Runner;
import io.distdb.sql.access.Securable;
import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.setting.SearchPath;
import io.distdb.sql.setting.SettingValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whose rights a session has, and which schemas its names are looked for in. Used by its thread.
 *
 * <p>Design: who it is follows from who logged in and from two settings, {@code
 * session_authorization} and {@code role}, so that blocks, SET LOCAL and RESET do with them as with
 * every setting. What that means is worked out when the settings or the definitions have changed;
 * else a statement costs a few comparisons.
 */
final class SessionIdentity {
  private final LocalSession session;
  private final Role login;

  // What it was worked out from; compared by reference.
  private long knownVersion = -1;
  private CatalogView knownView;
  private String knownRole;
  private String knownUser;
  private List<String> knownPath;

  private Runner runner;
  private boolean superuser;
  private String currentName;
  private List<String> path = List.of();

  SessionIdentity(LocalSession session, Role login) {
    this.session = session;
    this.login = login;
    runner = new Runner(login.id(), login.id());
    currentName = login.name();
    superuser = login.superuser();
  }

  Role login() {
    return login;
  }

  /** Works out who the session is by the definitions that {@code transaction} sees. */
  void settle(Transaction transaction) {
    TransactionBlock block = session.block();
    if (block != null && block.schemaChanged()) {
      CatalogView own = block.ownView();
      if (own != knownView || isChanged()) {
        settle(own, -1);
      }
      return;
    }
    long version = transaction.schemaVersion();
    if (version != knownVersion || isChanged()) {
      settle(session.database().catalog().view(transaction), version);
    }
  }

  private boolean isChanged() {
    SettingValues settings = session.settings().values();
    return settings.role() != knownRole
        || settings.sessionUser() != knownUser
        || settings.searchPath() != knownPath;
  }

  private void settle(CatalogView view, long version) {
    SettingValues settings = session.settings().values();
    Roles roles = view.authority().roles();
    boolean asLoggedIn = settings.sessionUser().equals(login.name());
    long user = asLoggedIn ? login.id() : require(settings.sessionUser(), roles);
    boolean none = settings.role().equals(SettingValues.NO_ROLE);
    long current = none ? user : require(settings.role(), roles);
    runner = new Runner(current, user);
    superuser = roles.isSuperuser(current);
    currentName = roles.find(current).map(Role::name).orElse(login.name());
    List<String> effective = effective(settings.searchPath(), view);
    // The very list, so that each statement's look whether it is the default one is a short look.
    path = effective.equals(NameResolver.DEFAULT_PATH) ? NameResolver.DEFAULT_PATH : effective;
    knownVersion = version;
    knownView = view;
    knownRole = settings.role();
    knownUser = settings.sessionUser();
    knownPath = settings.searchPath();
  }

  private static long require(String name, Roles roles) {
    return roles
        .find(name)
        .map(Role::id)
        .orElseThrow(() ->
            new DistDbException(
                ErrorCode.UNDEFINED_OBJECT, "role \"" + name + "\" does not exist"));
  }

  /** Without the schemas that its role may not use, as in PostgreSQL. */
  private List<String> effective(List<String> written, CatalogView view) {
    List<String> schemas = new ArrayList<>(written.size());
    for (String name : written) {
      boolean ofUser = name.equals(SearchPath.USER);
      String schema = ofUser ? currentName : name;
      Optional<Schema> found = view.schema(schema);
      boolean usable = found.isEmpty() ? !ofUser : mayUse(found.get(), view.authority());
      if (usable && !schemas.contains(schema)) {
        schemas.add(schema);
      }
    }
    return List.copyOf(schemas);
  }

  private boolean mayUse(Schema schema, Authority authority) {
    return superuser
        || (authority.privileges(runner.current(), Securable.SCHEMA, schema.id())
                & Privilege.USAGE.bit())
            != 0;
  }

  // --- answers, as of the last settling ---

  Runner runner() {
    return runner;
  }

  boolean isSuperuser() {
    return superuser;
  }

  /** {@code current_user}. */
  String currentName() {
    return currentName;
  }

  /** {@code session_user}. */
  String sessionName() {
    return session.settings().values().sessionUser();
  }

  /** Schemas that names without one are looked for in, in order; the same list until it changes. */
  List<String> path() {
    return path;
  }

  /**
   * @throws DistDbException {@code INSUFFICIENT_PRIVILEGE}
   */
  void require(Permission permission, CatalogView view) {
    permission.require(runner.current(), view.authority());
  }

  /**
   * Checks that it may cancel what another session runs, or end it, as in PostgreSQL.
   *
   * @throws DistDbException {@code INSUFFICIENT_PRIVILEGE}
   */
  void requireSignal(SessionIdentity other, Signal signal) {
    requireSignal(knownView.authority(), runner.current(), superuser, other, signal);
  }

  /** As above, of a session of another node whose current role is {@code role}. */
  static void requireSignal(
      Authority authority, long role, boolean superuser, SessionIdentity other, Signal signal) {
    if (authority.roles().isSuperuser(other.login.id()) && !superuser) {
      throw new DistDbException(
          ErrorCode.INSUFFICIENT_PRIVILEGE, "must be a superuser to " + signal.superusers());
    }
    boolean may =
        authority.hasRightsOf(role, other.login.id())
            || authority.hasRightsOf(role, PredefinedRole.PG_SIGNAL_BACKEND.id());
    if (!may) {
      throw new DistDbException(
          ErrorCode.INSUFFICIENT_PRIVILEGE,
          "must be a member of the role whose "
              + signal.others()
              + " or member of pg_signal_backend");
    }
  }

  // --- statements that need no snapshot ---

  /** Settles by what is so now, and answers with it. */
  Authority refresh() {
    TransactionBlock block = session.block();
    CatalogView view =
        block != null && block.schemaChanged() ? block.ownView() : session.database().definitions();
    settle(view, -1);
    return view.authority();
  }

  /** For CHECKPOINT. */
  void requireCheckpointer() {
    Authority authority = refresh();
    if (!authority.hasRightsOf(runner.current(), PredefinedRole.PG_CHECKPOINT.id())) {
      throw new DistDbException(
          ErrorCode.INSUFFICIENT_PRIVILEGE,
          "must be superuser or have privileges of pg_checkpoint to do CHECKPOINT");
    }
  }

  /**
   * @param what for the error: {@code BACKUP}
   */
  void requireSuperuser(String what) {
    refresh();
    if (!superuser) {
      throw new DistDbException(
          ErrorCode.INSUFFICIENT_PRIVILEGE, "must be superuser to do " + what);
    }
  }

  /**
   * Checks that a setting may have a value, as far as it says who the session is.
   *
   * @param name in lower case
   * @param value null: the default
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: no such role; {@code
   *     INSUFFICIENT_PRIVILEGE}
   */
  void checkSetting(String name, String value) {
    boolean ofRole = name.equals(SettingValues.ROLE);
    boolean ofUser = name.equals(SettingValues.SESSION_AUTHORIZATION);
    if (value == null || !ofRole && !ofUser || ofRole && value.equals(SettingValues.NO_ROLE)) {
      return;
    }
    Roles roles = refresh().roles();
    Role wanted =
        roles
            .find(value)
            .orElseThrow(() ->
                new DistDbException(
                    ErrorCode.INVALID_PARAMETER_VALUE, "role \"" + value + "\" does not exist"));
    if (ofRole && !roles.isMember(runner.session(), wanted.id())) {
      throw new DistDbException(
          ErrorCode.INSUFFICIENT_PRIVILEGE, "permission denied to set role \"" + value + "\"");
    }
    if (ofUser && wanted.id() != login.id() && !roles.isSuperuser(login.id())) {
      throw new DistDbException(
          ErrorCode.INSUFFICIENT_PRIVILEGE, "permission denied to set session authorization");
    }
  }
}
