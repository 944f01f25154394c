// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import java.util.List;
import java.util.Optional;

/** Roles, what they may do, and what is theirs: transactional like every definition. */
public sealed interface RoleStatement extends Statement {
  // --- roles ---

  /**
   * @param word ROLE, USER or GROUP, as written: a USER may log in
   */
  record CreateRole(SourceSpan span, String word, Name name, List<RoleOption> options)
      implements RoleStatement {
    public CreateRole {
      options = List.copyOf(options);
    }
  }

  record AlterRole(SourceSpan span, RoleName role, List<RoleOption> options)
      implements RoleStatement {
    public AlterRole {
      options = List.copyOf(options);
    }
  }

  record RenameRole(SourceSpan span, Name role, Name to) implements RoleStatement {}

  /**
   * {@code ALTER ROLE … SET} and {@code RESET}.
   *
   * @param setting absent: all of them
   * @param value absent: none any more
   */
  record AlterRoleSetting(
      SourceSpan span, RoleName role, Optional<String> setting, Optional<String> value)
      implements RoleStatement {}

  record DropRoles(SourceSpan span, List<RoleName> roles, boolean ifExists)
      implements RoleStatement {
    public DropRoles {
      roles = List.copyOf(roles);
    }
  }

  /** What CREATE and ALTER ROLE say of a role. Its text never shows a password. */
  sealed interface RoleOption {
    SourceSpan span();
  }

  record Attribute(SourceSpan span, AttributeKind kind, boolean on) implements RoleOption {}

  enum AttributeKind {
    SUPERUSER,
    CREATEDB,
    CREATEROLE,
    INHERIT,
    LOGIN,
    REPLICATION,
    BYPASSRLS
  }

  /**
   * @param password absent: none any more
   */
  record Password(SourceSpan span, Optional<String> password) implements RoleOption {
    @Override
    public String toString() {
      return "Password[***]";
    }
  }

  record ValidUntil(SourceSpan span, String timestamp) implements RoleOption {}

  record ConnectionLimit(SourceSpan span, long limit) implements RoleOption {}

  /** {@code IN ROLE}: what the new role becomes a member of. */
  record InRoles(SourceSpan span, List<Name> roles) implements RoleOption {
    public InRoles {
      roles = List.copyOf(roles);
    }
  }

  /** {@code ROLE} and {@code ADMIN}: who becomes a member of the new role. */
  record Members(SourceSpan span, List<Name> members, boolean admin) implements RoleOption {
    public Members {
      members = List.copyOf(members);
    }
  }

  // --- memberships ---

  /**
   * @param grantor on whose behalf; absent: on the runner's
   */
  record GrantRoles(
      SourceSpan span,
      List<Name> roles,
      List<RoleName> members,
      boolean adminOption,
      Optional<RoleName> grantor,
      String tag)
      implements RoleStatement {
    public GrantRoles {
      roles = List.copyOf(roles);
      members = List.copyOf(members);
    }
  }

  /**
   * @param optionOnly leaves the membership
   * @param grantor must be there, and counts for nothing more
   */
  record RevokeRoles(
      SourceSpan span,
      List<Name> roles,
      List<RoleName> members,
      boolean optionOnly,
      Optional<RoleName> grantor,
      String tag)
      implements RoleStatement {
    public RevokeRoles {
      roles = List.copyOf(roles);
      members = List.copyOf(members);
    }
  }

  // --- privileges ---

  /**
   * GRANT and REVOKE.
   *
   * @param privileges empty: ALL, on {@code columns} if there are any
   * @param option WITH GRANT OPTION, or GRANT OPTION FOR
   */
  record ChangePrivileges(
      SourceSpan span,
      boolean grants,
      List<PrivilegeItem> privileges,
      List<Name> columns,
      GrantTarget target,
      List<RoleName> grantees,
      boolean option,
      boolean cascade)
      implements RoleStatement {
    public ChangePrivileges {
      privileges = List.copyOf(privileges);
      columns = List.copyOf(columns);
      grantees = List.copyOf(grantees);
    }
  }

  /**
   * @param word as written
   * @param columns empty: the whole object
   */
  record PrivilegeItem(SourceSpan span, String word, List<Name> columns) {
    public PrivilegeItem {
      columns = List.copyOf(columns);
    }
  }

  /** What privileges are granted on. */
  sealed interface GrantTarget {}

  /**
   * @param kind TABLE stands for views and sequences too
   */
  record Objects(GrantKind kind, List<TableName> names) implements GrantTarget {
    public Objects {
      names = List.copyOf(names);
    }
  }

  /**
   * @param kind TABLE or SEQUENCE
   */
  record AllInSchemas(GrantKind kind, List<Name> schemas) implements GrantTarget {
    public AllInSchemas {
      schemas = List.copyOf(schemas);
    }
  }

  /**
   * ALTER DEFAULT PRIVILEGES.
   *
   * @param roles empty: the one that runs it
   * @param schemas empty: all
   * @param privileges empty: ALL
   * @param kind TABLE, SEQUENCE or SCHEMA
   */
  record ChangeDefaults(
      SourceSpan span,
      List<RoleName> roles,
      List<Name> schemas,
      boolean grants,
      List<PrivilegeItem> privileges,
      List<Name> columns,
      GrantKind kind,
      List<RoleName> grantees,
      boolean option,
      boolean cascade)
      implements RoleStatement {
    public ChangeDefaults {
      roles = List.copyOf(roles);
      schemas = List.copyOf(schemas);
      privileges = List.copyOf(privileges);
      columns = List.copyOf(columns);
      grantees = List.copyOf(grantees);
    }
  }

  enum GrantKind {
    TABLE,
    SEQUENCE,
    SCHEMA,
    DATABASE
  }

  // --- owners ---

  record ReassignOwned(SourceSpan span, List<RoleName> roles, RoleName to)
      implements RoleStatement {
    public ReassignOwned {
      roles = List.copyOf(roles);
    }
  }

  record DropOwned(SourceSpan span, List<RoleName> roles, boolean cascade)
      implements RoleStatement {
    public DropOwned {
      roles = List.copyOf(roles);
    }
  }

  record DatabaseOwner(SourceSpan span, Name database, RoleName owner) implements RoleStatement {}
}
