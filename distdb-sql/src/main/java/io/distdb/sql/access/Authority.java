// SPDX-License-Identifier: MIT
package io.distdb.sql.access;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who may do what in one database. Immutable: part of the definitions of one schema version.
 *
 * <p>Rules as in PostgreSQL's documentation (chapters 5.7 and 22): a superuser may everything; an
 * owner has, at the beginning, every privilege on his object, may take them from himself, and may
 * always grant them; a role has the privileges of the roles that it is a member of, as far as
 * INHERIT goes.
 */
public final class Authority {
  /** The id of the schema {@code public}. */
  private static final long PUBLIC_SCHEMA = 1;

  /** Since version 15 only the owner of the database may create in {@code public}. */
  private static final ObjectAccess OF_PUBLIC_SCHEMA = ofPublicSchema();

  /** Of a store without roles but the first, where nothing was granted. */
  public static final Authority FIRST =
      new Authority(Roles.FIRST, ObjectAccess.FIRST, Map.of(), DefaultPrivileges.NONE);

  private final Roles roles;
  private final ObjectAccess database;
  private final Map<Long, ObjectAccess> objects;
  private final DefaultPrivileges defaults;

  /**
   * @param database that of the database itself
   * @param objects by id; those that are missing are {@link ObjectAccess#FIRST}
   * @param defaults of what is made from now on
   */
  public Authority(
      Roles roles,
      ObjectAccess database,
      Map<Long, ObjectAccess> objects,
      DefaultPrivileges defaults) {
    this.roles =
        roles.with(
            new Membership(
                PredefinedRole.PG_DATABASE_OWNER.id(), database.owner(), Role.FIRST, false));
    this.database = database;
    this.objects = Map.copyOf(objects);
    this.defaults = defaults;
  }

  private static ObjectAccess ofPublicSchema() {
    long owner = PredefinedRole.PG_DATABASE_OWNER.id();
    int usage = Privilege.USAGE.bit();
    Acl acl = Acl.initial(Securable.SCHEMA, owner).grant(Acl.PUBLIC, usage, 0, owner);
    return new ObjectAccess(owner, Optional.of(acl), Map.of());
  }

  /** The roles; the owner of the database is a member of {@code pg_database_owner}. */
  public Roles roles() {
    return roles;
  }

  public ObjectAccess database() {
    return database;
  }

  /** Of a table, view, sequence or schema. */
  public ObjectAccess of(long object) {
    ObjectAccess known = objects.get(object);
    if (known != null) {
      return known;
    }
    return object == PUBLIC_SCHEMA ? OF_PUBLIC_SCHEMA : ObjectAccess.FIRST;
  }

  /** What differs from the beginning, by object. */
  public Map<Long, ObjectAccess> objects() {
    return objects;
  }

  /** What new objects begin with. */
  public DefaultPrivileges defaults() {
    return defaults;
  }

  private ObjectAccess of(Securable kind, long object) {
    return kind == Securable.DATABASE ? database : of(object);
  }

  /** Whether {@code role} may do what only an owner may. */
  public boolean owns(long role, Securable kind, long object) {
    return hasRightsOf(role, of(kind, object).owner());
  }

  /** Whether {@code role} has the privileges of {@code other} without SET ROLE. */
  public boolean hasRightsOf(long role, long other) {
    return role == other || roles.isSuperuser(role) || roles.groups(role, true).contains(other);
  }

  /** The privileges of {@code role} on the whole of an object, as bits. */
  public int privileges(long role, Securable kind, long object) {
    if (roles.isSuperuser(role)) {
      return kind.privileges();
    }
    Set<Long> groups = roles.groups(role, true);
    return of(kind, object).effective(kind).privileges(groups) | ofAllData(groups, kind);
  }

  /** What the predefined roles give on every object. */
  private static int ofAllData(Set<Long> groups, Securable kind) {
    boolean reads = groups.contains(PredefinedRole.PG_READ_ALL_DATA.id());
    boolean writes = groups.contains(PredefinedRole.PG_WRITE_ALL_DATA.id());
    if (!reads && !writes) {
      return 0;
    }
    return switch (kind) {
      case TABLE, VIEW -> (reads ? Privilege.bits("r") : 0) | (writes ? Privilege.bits("awd") : 0);
      case SEQUENCE -> (reads ? Privilege.bits("r") : 0) | (writes ? Privilege.bits("w") : 0);
      case SCHEMA -> Privilege.bits("U");
      case DATABASE, COLUMN -> 0;
    };
  }

  /** What {@code role} has on one column beside what it has on the whole. */
  public int columnPrivileges(long role, long object, int column) {
    Acl acl = of(object).columns().get(column);
    return acl == null ? 0 : acl.privileges(roles.groups(role, true));
  }

  /** What {@code role} may grant on, as bits: an owner everything. */
  public int options(long role, Securable kind, long object) {
    return owns(role, kind, object)
        ? kind.privileges()
        : of(kind, object).effective(kind).options(roles.groups(role, true));
  }

  /**
   * Checks what a statement demands of {@code role}.
   *
   * @throws DistDbException {@code INSUFFICIENT_PRIVILEGE}, in the order of the demands
   */
  public void require(long role, List<Demand> demands) {
    for (Demand demand : demands) {
      switch (demand) {
        case Demand.OnObject object -> {
          long who = object.role() == Demand.RUNNER ? role : object.role();
          if (!permits(who, object)) {
            throw denied(object.kind(), object.name());
          }
        }
        case Demand.OfMember member -> {
          if (!hasRightsOf(role, member.role().id())) {
            DistDbException error =
                new DistDbException(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    "must be superuser or have privileges of the "
                        + member.role().roleName()
                        + " role to "
                        + member.what());
            throw member.hint().isEmpty() ? error : error.withHint(member.hint());
          }
        }
      }
    }
  }

  private boolean permits(long role, Demand.OnObject demand) {
    if ((privileges(role, demand.kind(), demand.object()) & demand.privileges()) != 0) {
      return true;
    }
    if (!demand.onColumns()) {
      return false;
    }
    if (demand.columns().isEmpty()) {
      return of(demand.object()).columns().keySet().stream()
          .anyMatch(column -> hasOnColumn(role, demand, column));
    }
    return demand.columns().stream().allMatch(column -> hasOnColumn(role, demand, column));
  }

  private boolean hasOnColumn(long role, Demand.OnObject demand, int column) {
    return (columnPrivileges(role, demand.object(), column) & demand.privileges()) != 0;
  }

  /** {@code permission denied for table t}. */
  public static DistDbException denied(Securable kind, String name) {
    return new DistDbException(
        ErrorCode.INSUFFICIENT_PRIVILEGE, "permission denied for " + kind.word() + " " + name);
  }
}
