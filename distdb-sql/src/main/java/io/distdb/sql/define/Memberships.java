// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.access.Membership;
import io.distdb.sql.access.PredefinedRole;
import io.distdb.sql.access.Role;
import io.distdb.sql.access.Roles;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.RoleName;
import io.distdb.sql.ast.RoleStatement;
import io.distdb.sql.catalog.RoleStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** GRANT and REVOKE of roles. */
final class Memberships {
  private final Definer definer;
  private final RoleStore store;

  Memberships(Definer definer, RoleStore store) {
    this.definer = definer;
    this.store = store;
  }

  private Roles roles() {
    return definer.view().authority().roles();
  }

  Done grant(RoleStatement.GrantRoles grant) {
    store.lock();
    RoleNames names = new RoleNames(roles(), definer.runner());
    long runner = definer.runner().current();
    long grantor = grant.grantor().map(name -> names.require(name).id()).orElse(runner);
    if (grantor != runner && !roles().isSuperuser(runner)) {
      throw new DistDbException(
          ErrorCode.INSUFFICIENT_PRIVILEGE, "must be superuser to set grantor");
    }
    List<String> notices = new ArrayList<>();
    for (Name name : grant.roles()) {
      Role role = names.require(name);
      requireAdmin(role);
      for (RoleName member : grant.members()) {
        join(role, names.require(member), grant.adminOption(), grantor).ifPresent(notices::add);
      }
    }
    return Done.noticed(grant.tag(), notices);
  }

  /** Makes {@code member} a member; says so when it is one already. */
  Optional<String> join(Role role, Role member, boolean admin) {
    return join(role, member, admin, definer.runner().current());
  }

  private Optional<String> join(Role role, Role member, boolean admin, long grantor) {
    if (role.id() == PredefinedRole.PG_DATABASE_OWNER.id()) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "role \"" + role.name() + "\" cannot have explicit members");
    }
    if (roles().groups(role.id(), false).contains(member.id())) {
      throw new DistDbException(
          ErrorCode.INVALID_GRANT_OPERATION,
          "role \"" + role.name() + "\" is a member of role \"" + member.name() + "\"");
    }
    Optional<Membership> known = roles().membership(role.id(), member.id());
    if (known.isPresent() && (known.get().admin() || !admin)) {
      return Optional.of(
          "role \"" + member.name() + "\" is already a member of role \"" + role.name() + "\"");
    }
    store.put(new Membership(role.id(), member.id(), grantor, admin));
    definer.changedRoles();
    return Optional.empty();
  }

  Done revoke(RoleStatement.RevokeRoles revoke) {
    store.lock();
    RoleNames names = new RoleNames(roles(), definer.runner());
    revoke.grantor().ifPresent(names::require);
    List<Done.Message> warnings = new ArrayList<>();
    for (Name name : revoke.roles()) {
      Role role = names.require(name);
      requireAdmin(role);
      for (RoleName of : revoke.members()) {
        Role member = names.require(of);
        Optional<Membership> known = roles().membership(role.id(), member.id());
        if (known.isEmpty()
            || member.id() == definer.view().authority().database().owner()
                && role.id() == PredefinedRole.PG_DATABASE_OWNER.id()) {
          warnings.add(
              Done.Message.warning(
                  "role \""
                      + member.name()
                      + "\" is not a member of role \""
                      + role.name()
                      + "\""));
        } else {
          leave(known.get(), revoke.optionOnly());
        }
      }
    }
    return new Done(revoke.tag(), Done.NO_COUNT, warnings);
  }

  private void leave(Membership membership, boolean optionOnly) {
    if (optionOnly) {
      store.put(
          new Membership(membership.role(), membership.member(), membership.grantor(), false));
    } else {
      store.remove(membership);
    }
    definer.changedRoles();
  }

  private void requireAdmin(Role role) {
    long runner = definer.runner().current();
    if (role.superuser() && !roles().isSuperuser(runner)) {
      throw new DistDbException(
          ErrorCode.INSUFFICIENT_PRIVILEGE, "must be superuser to alter superusers");
    }
    boolean creates = roles().find(runner).filter(Role::createRole).isPresent();
    if (!creates && !roles().isAdmin(runner, role.id())) {
      throw new DistDbException(
          ErrorCode.INSUFFICIENT_PRIVILEGE,
          "must have admin option on role \"" + role.name() + "\"");
    }
  }
}
