// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.access.Acl;
import io.distdb.sql.access.Authority;
import io.distdb.sql.access.DefaultPrivileges;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.access.Role;
import io.distdb.sql.access.Securable;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.RoleName;
import io.distdb.sql.ast.RoleStatement;
import java.util.ArrayList;
import java.util.List;

/** ALTER DEFAULT PRIVILEGES. The role whose objects they will be grants and revokes. */
final class DefaultGrants {
  private final Definer definer;
  private final RoleStatement.ChangeDefaults statement;
  private final Authority authority;
  private final Securable kind;

  DefaultGrants(Definer definer, RoleStatement.ChangeDefaults statement) {
    this.definer = definer;
    this.statement = statement;
    authority = definer.view().authority();
    kind =
        switch (statement.kind()) {
          case TABLE -> Securable.TABLE;
          case SEQUENCE -> Securable.SEQUENCE;
          case SCHEMA -> Securable.SCHEMA;
          case DATABASE -> throw new IllegalArgumentException("no defaults of databases");
        };
  }

  /**
   * @throws DistDbException {@code INVALID_GRANT_OPERATION}: what cannot be granted; {@code
   *     INSUFFICIENT_PRIVILEGE}: the runner is no member of the role
   */
  Done change() {
    RoleNames names = new RoleNames(authority.roles(), definer.runner());
    if (statement.grants()
        && statement.option()
        && statement.grantees().stream().anyMatch(name -> name.kind() == RoleName.Kind.PUBLIC)) {
      throw refused("grant options can only be granted to roles");
    }
    int bits = bits();
    List<Long> grantees = statement.grantees().stream().map(names::grantee).toList();
    if (kind == Securable.SCHEMA && !statement.schemas().isEmpty()) {
      throw refused("cannot use IN SCHEMA clause when using GRANT/REVOKE ON SCHEMAS");
    }
    for (long role : roles(names)) {
      for (long schema : schemas()) {
        change(new DefaultPrivileges.Key(role, schema, kind), bits, grantees);
      }
    }
    return Done.of("ALTER DEFAULT PRIVILEGES");
  }

  private static DistDbException refused(String why) {
    return new DistDbException(ErrorCode.INVALID_GRANT_OPERATION, why);
  }

  private int bits() {
    if (!statement.columns().isEmpty()) {
      throw refused("default privileges cannot be set for columns");
    }
    if (statement.privileges().isEmpty()) {
      return kind.privileges();
    }
    int bits = 0;
    for (RoleStatement.PrivilegeItem item : statement.privileges()) {
      if (!item.columns().isEmpty()) {
        throw refused("default privileges cannot be set for columns");
      }
      Privilege privilege = PrivilegeWords.privilege(item);
      if ((kind.privileges() & privilege.bit()) == 0) {
        String word = kind == Securable.TABLE ? "relation" : kind.word();
        throw refused("invalid privilege type " + privilege + " for " + word);
      }
      bits |= privilege.bit();
    }
    return bits;
  }

  private List<Long> roles(RoleNames names) {
    long runner = definer.runner().current();
    if (statement.roles().isEmpty()) {
      return List.of(runner);
    }
    List<Long> roles = new ArrayList<>();
    for (RoleName name : statement.roles()) {
      Role role = names.require(name);
      if (!authority.roles().isMember(runner, role.id())) {
        throw new DistDbException(
            ErrorCode.INSUFFICIENT_PRIVILEGE, "must be member of role \"" + role.name() + "\"");
      }
      roles.add(role.id());
    }
    return roles;
  }

  private List<Long> schemas() {
    if (statement.schemas().isEmpty()) {
      return List.of(DefaultPrivileges.EVERYWHERE);
    }
    List<Long> schemas = new ArrayList<>();
    for (Name name : statement.schemas()) {
      schemas.add(ObjectDefinitions.requireSchema(name, definer.names()).id());
    }
    return schemas;
  }

  private void change(DefaultPrivileges.Key key, int bits, List<Long> grantees) {
    long role = key.role();
    Acl acl = definer.view().authority().defaults().of(key);
    for (long grantee : grantees) {
      if (statement.grants()) {
        int options = statement.option() && grantee != role ? bits : 0;
        acl = acl.grant(grantee, bits, options, role);
      } else {
        acl =
            acl.revoke(grantee, bits, statement.option(), role, role, statement.cascade())
                .orElseThrow(() ->
                    new DistDbException(
                            ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST, "dependent privileges exist")
                        .withHint("Use CASCADE to revoke them too."));
      }
    }
    definer.catalog().changeDefaults(key, acl.sorted());
  }
}
