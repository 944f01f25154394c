// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.grant;

import io.distdb.sql.access.Acl;
import io.distdb.sql.access.AclItem;
import io.distdb.sql.access.Authority;
import io.distdb.sql.access.Membership;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.access.Role;
import io.distdb.sql.access.Roles;
import io.distdb.sql.function.Environment;
import java.util.ArrayList;
import java.util.List;

/**
 * Who reads a table, and what that role is shown (PostgreSQL documentation, chapter 37).
 *
 * @param role whose rights count
 * @param enabledOnly grants to PUBLIC alone are left out
 */
record Reader(Authority authority, long role, boolean enabledOnly) {
  static Reader of(Environment environment, boolean enabledOnly) {
    Authority authority = environment.catalog().authority();
    long role = authority.roles().find(environment.currentUser()).map(Role::id).orElse(Role.FIRST);
    return new Reader(authority, role, enabledOnly);
  }

  /** One privilege that one role has from another. */
  record Granted(String grantor, String grantee, Privilege privilege, boolean grantable) {}

  private Roles roles() {
    return authority.roles();
  }

  /** Whether the reader has the rights of {@code other}: it is enabled. */
  boolean isEnabled(long other) {
    return authority.hasRightsOf(role, other);
  }

  List<Role> enabled() {
    return roles().all().stream().filter(each -> isEnabled(each.id())).toList();
  }

  /** Memberships of roles that are enabled. */
  List<Membership> memberships() {
    return roles().memberships().stream().filter(each -> isEnabled(each.member())).toList();
  }

  String name(long id) {
    return id == Acl.PUBLIC ? "PUBLIC" : roles().name(id);
  }

  /**
   * Those of {@code acl} among {@code privileges} that the reader is shown, one by one. Who has the
   * owner's rights may always grant.
   *
   * @param privileges bits
   */
  List<Granted> shown(Acl acl, long owner, int privileges) {
    List<Granted> shown = new ArrayList<>();
    for (AclItem item : acl.items()) {
      boolean ofPublic = item.grantee() == Acl.PUBLIC;
      boolean visible =
          isEnabled(item.grantor()) || (ofPublic ? !enabledOnly : isEnabled(item.grantee()));
      if (!visible) {
        continue;
      }
      boolean owns = !ofPublic && authority.hasRightsOf(item.grantee(), owner);
      for (Privilege privilege : Privilege.of(item.privileges() & privileges)) {
        boolean grantable = owns || (item.options() & privilege.bit()) != 0;
        shown.add(new Granted(name(item.grantor()), name(item.grantee()), privilege, grantable));
      }
    }
    return shown;
  }
}
