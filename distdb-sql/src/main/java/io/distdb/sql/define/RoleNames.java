// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.access.Acl;
import io.distdb.sql.access.PredefinedRole;
import io.distdb.sql.access.Role;
import io.distdb.sql.access.Roles;
import io.distdb.sql.access.Runner;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.RoleName;
import io.distdb.sql.ast.SourceSpan;

/** Roles by the names that statements give them. */
record RoleNames(Roles roles, Runner runner) {
  /**
   * @throws DistDbException {@code UNDEFINED_OBJECT}
   */
  Role require(RoleName name) {
    return switch (name.kind()) {
      case NAMED -> require(name.text());
      case PUBLIC ->
          throw new DistDbException(
                  ErrorCode.UNDEFINED_OBJECT, "role \"" + name + "\" does not exist")
              .at(name.span().position());
      case CURRENT_USER -> require(runner.current());
      case SESSION_USER -> require(runner.session());
    };
  }

  Role require(Name name) {
    return require(RoleName.of(name));
  }

  private Role require(String name) {
    return roles
        .find(name)
        .orElseThrow(() ->
            new DistDbException(
                ErrorCode.UNDEFINED_OBJECT, "role \"" + name + "\" does not exist"));
  }

  private Role require(long id) {
    return roles
        .find(id)
        .orElseThrow(() ->
            new DistDbException(
                ErrorCode.UNDEFINED_OBJECT, "role with OID " + id + " does not exist"));
  }

  /** The id, or {@link Acl#PUBLIC}. */
  long grantee(RoleName name) {
    return name.kind() == RoleName.Kind.PUBLIC ? Acl.PUBLIC : require(name).id();
  }

  /**
   * @throws DistDbException {@code RESERVED_NAME}, {@code DUPLICATE_OBJECT}
   */
  void checkNew(Name name) {
    if (name.text().equals("public")) {
      throw new DistDbException(ErrorCode.RESERVED_NAME, "role name \"public\" is reserved")
          .at(name.span().position());
    }
    if (name.text().startsWith("pg_")) {
      throw new DistDbException(ErrorCode.RESERVED_NAME, "role name \"" + name + "\" is reserved")
          .withDetail("Role names starting with \"pg_\" are reserved.");
    }
    if (roles.find(name.text()).isPresent()) {
      throw new DistDbException(ErrorCode.DUPLICATE_OBJECT, "role \"" + name + "\" already exists");
    }
  }

  /**
   * @throws DistDbException {@code RESERVED_NAME}: it is predefined
   */
  static void checkChangeable(Role role, SourceSpan span) {
    if (PredefinedRole.is(role.id())) {
      throw new DistDbException(
              ErrorCode.RESERVED_NAME, "role name \"" + role.name() + "\" is reserved")
          .withDetail("Role names starting with \"pg_\" are reserved.")
          .at(span.position());
    }
  }
}
