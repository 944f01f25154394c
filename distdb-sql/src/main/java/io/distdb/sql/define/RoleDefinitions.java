// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.access.Role;
import io.distdb.sql.access.Roles;
import io.distdb.sql.ast.RoleName;
import io.distdb.sql.ast.RoleStatement;
import io.distdb.sql.catalog.RoleDependents;
import io.distdb.sql.catalog.RoleStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** CREATE, ALTER and DROP ROLE. */
final class RoleDefinitions {
  private final Definer definer;
  private final RoleStore store;

  RoleDefinitions(Definer definer) {
    this.definer = definer;
    store = definer.roles();
    store.lock();
  }

  private Roles roles() {
    return definer.view().authority().roles();
  }

  private RoleNames names() {
    return new RoleNames(roles(), definer.runner());
  }

  private Role runner() {
    return roles()
        .find(definer.runner().current())
        .orElseGet(() -> Role.plain(definer.runner().current(), ""));
  }

  private static DistDbException denied(String message) {
    return new DistDbException(ErrorCode.INSUFFICIENT_PRIVILEGE, message);
  }

  // --- CREATE ---

  Done create(RoleStatement.CreateRole create) {
    RoleOptions options = new RoleOptions(create.options(), definer.executor().moment());
    Role plain = Role.plain(definer.newId(), create.name().text());
    Role role = options.apply(create.word().equals("USER") ? options.loginOf(plain) : plain);
    Role runner = runner();
    if (!runner.superuser()) {
      if (role.superuser()) {
        throw denied("must be superuser to create superusers");
      }
      if (role.replication()) {
        throw denied("must be superuser to create replication users");
      }
      if (role.bypassesRowSecurity()) {
        throw denied("must be superuser to create bypassrls users");
      }
      if (!runner.createRole()) {
        throw denied("permission denied to create role");
      }
    }
    names().checkNew(create.name());
    store.put(role);
    definer.changedRoles();
    Memberships memberships = new Memberships(definer, store);
    options.inRoles().forEach(group -> memberships.join(names().require(group), role, false));
    options.members().forEach(member -> memberships.join(role, names().require(member), false));
    options.admins().forEach(member -> memberships.join(role, names().require(member), true));
    return Done.noticed("CREATE ROLE", options.notice());
  }

  // --- ALTER ---

  Done alter(RoleStatement.AlterRole alter) {
    Role role = names().require(alter.role());
    RoleNames.checkChangeable(role, alter.role().span());
    RoleOptions options = new RoleOptions(alter.options(), definer.executor().moment());
    if (!options.inRoles().isEmpty()) {
      throw new DistDbException(ErrorCode.SYNTAX_ERROR, "IN ROLE is for CREATE ROLE")
          .at(alter.span().position());
    }
    Role after = options.apply(role);
    checkAlter(role, after, options);
    store.put(after);
    definer.changedRoles();
    Memberships memberships = new Memberships(definer, store);
    options.members().forEach(member -> memberships.join(after, names().require(member), false));
    options.admins().forEach(member -> memberships.join(after, names().require(member), true));
    return Done.noticed("ALTER ROLE", options.notice());
  }

  private void checkAlter(Role before, Role after, RoleOptions options) {
    Role runner = runner();
    if (before.id() == Role.FIRST && !after.superuser()) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "role \"" + before.name() + "\" must stay a superuser: it is the first of the store");
    }
    if (runner.superuser()) {
      return;
    }
    if (before.superuser() || after.superuser()) {
      throw denied("must be superuser to alter superuser roles or change superuser attribute");
    }
    if (before.replication() || after.replication()) {
      throw denied("must be superuser to alter replication roles or change replication attribute");
    }
    if (before.bypassesRowSecurity() != after.bypassesRowSecurity()) {
      throw denied("must be superuser to change bypassrls attribute");
    }
    if (!runner.createRole() && !(before.id() == runner.id() && options.isPasswordOnly())) {
      throw denied("permission denied");
    }
  }

  Done rename(RoleStatement.RenameRole rename) {
    Role role = names().require(rename.role());
    RoleNames.checkChangeable(role, rename.role().span());
    if (role.id() == definer.runner().session()) {
      throw new DistDbException(ErrorCode.FEATURE_NOT_SUPPORTED, "session user cannot be renamed");
    }
    if (role.id() == definer.runner().current()) {
      throw new DistDbException(ErrorCode.FEATURE_NOT_SUPPORTED, "current user cannot be renamed");
    }
    names().checkNew(rename.to());
    if (role.superuser() && !runner().superuser()) {
      throw denied("must be superuser to rename superusers");
    }
    if (!runner().superuser() && !runner().createRole()) {
      throw denied("permission denied to rename role");
    }
    store.put(role.withName(rename.to().text()));
    definer.changedRoles();
    return Done.of("ALTER ROLE");
  }

  Done setting(RoleStatement.AlterRoleSetting alter) {
    Role role = names().require(alter.role());
    RoleNames.checkChangeable(role, alter.role().span());
    Role runner = runner();
    if (role.superuser() && !runner.superuser()) {
      throw denied("must be superuser to alter superusers");
    }
    if (!runner.superuser() && !runner.createRole() && runner.id() != role.id()) {
      throw denied("permission denied");
    }
    if (alter.setting().isEmpty()) {
      role.settings().keySet().forEach(name -> store.putSetting(role.id(), name, null));
    } else {
      Optional<String> checked =
          definer.executor().checkedSetting(alter.setting().get(), alter.value());
      store.putSetting(role.id(), alter.setting().get(), checked.orElse(null));
    }
    definer.changedRoles();
    return Done.of("ALTER ROLE");
  }

  // --- DROP ---

  Done drop(RoleStatement.DropRoles drop) {
    Role runner = runner();
    if (!runner.superuser() && !runner.createRole()) {
      throw denied("permission denied to drop role");
    }
    List<String> missing = new ArrayList<>();
    for (RoleName name : drop.roles()) {
      if (name.kind() != RoleName.Kind.NAMED) {
        throw new DistDbException(
                ErrorCode.INVALID_PARAMETER_VALUE, "cannot use special role specifier in DROP ROLE")
            .at(name.span().position());
      }
      Optional<Role> role = roles().find(name.text());
      if (role.isEmpty() && drop.ifExists()) {
        missing.add("role \"" + name + "\" does not exist, skipping");
        continue;
      }
      drop(names().require(name), name);
    }
    return Done.noticed("DROP ROLE", missing);
  }

  private void drop(Role role, RoleName name) {
    if (role.id() == definer.runner().current()) {
      throw new DistDbException(ErrorCode.DATABASE_IN_USE, "current user cannot be dropped");
    }
    if (role.id() == definer.runner().session()) {
      throw new DistDbException(ErrorCode.DATABASE_IN_USE, "session user cannot be dropped");
    }
    if (role.superuser() && !runner().superuser()) {
      throw denied("must be superuser to drop superusers");
    }
    RoleNames.checkChangeable(role, name.span());
    if (role.id() == Role.FIRST) {
      throw new DistDbException(
          ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
          "cannot drop role " + role.name() + " because it is required by the database system");
    }
    List<String> dependents =
        new RoleDependents(definer.transaction(), definer.view()).of(role.id());
    if (!dependents.isEmpty()) {
      throw new DistDbException(
              ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
              "role \"" + role.name() + "\" cannot be dropped because some objects depend on it")
          .withDetail(String.join("\n", dependents));
    }
    store.remove(role, roles());
    definer.changedRoles();
  }
}
