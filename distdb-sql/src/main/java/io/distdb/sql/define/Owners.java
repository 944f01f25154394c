// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.access.Authority;
import io.distdb.sql.access.DefaultPrivileges;
import io.distdb.sql.access.ObjectAccess;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.access.Role;
import io.distdb.sql.access.Securable;
import io.distdb.sql.ast.RoleName;
import io.distdb.sql.ast.RoleStatement;
import io.distdb.sql.catalog.DatabaseList;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** OWNER TO of every kind of object, REASSIGN OWNED and DROP OWNED. */
final class Owners {
  private final Definer definer;

  Owners(Definer definer) {
    this.definer = definer;
  }

  private Authority authority() {
    return definer.view().authority();
  }

  private RoleNames names() {
    return new RoleNames(authority().roles(), definer.runner());
  }

  // --- OWNER TO ---

  void table(Table table, RoleName owner) {
    change(GrantObject.of(table), table.schema(), owner);
    long to = names().require(owner).id();
    for (Sequence sequence : definer.view().sequences()) {
      if (sequence.owner().filter(of -> of.table().equals(table.id())).isPresent()) {
        give(GrantObject.of(sequence), to);
      }
    }
  }

  void view(View view, RoleName owner) {
    change(GrantObject.of(view), view.schema(), owner);
  }

  void sequence(Sequence sequence, RoleName owner) {
    if (sequence.owner().isPresent()) {
      Table table = definer.view().table(sequence.owner().get().table()).orElseThrow();
      if (authority().of(table.id().value()).owner() != names().require(owner).id()) {
        throw new DistDbException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "cannot change owner of sequence \"" + sequence.name() + "\"")
            .withDetail(
                "Sequence \""
                    + sequence.name()
                    + "\" is linked to table \""
                    + table.name()
                    + "\".");
      }
      return;
    }
    change(GrantObject.of(sequence), sequence.schema(), owner);
  }

  void schema(Schema schema, RoleName owner) {
    long to = names().require(owner).id();
    GrantObject object = GrantObject.of(schema);
    if (authority().of(schema.id()).owner() == to) {
      return;
    }
    checkGiving(object, to);
    definer.permissions().requireCreateSchema(definer.executor().database());
    give(object, to);
  }

  private void change(GrantObject object, String schema, RoleName owner) {
    long to = names().require(owner).id();
    if (authority().of(object.id()).owner() == to) {
      return;
    }
    checkGiving(object, to);
    long runner = definer.runner().current();
    Optional<Schema> in = definer.view().schema(schema);
    boolean may =
        in.isEmpty()
            || authority().roles().isSuperuser(runner)
            || (authority().privileges(to, Securable.SCHEMA, in.get().id())
                    & Privilege.CREATE.bit())
                != 0;
    if (!may) {
      throw Authority.denied(Securable.SCHEMA, schema);
    }
    give(object, to);
  }

  private void checkGiving(GrantObject object, long to) {
    long runner = definer.runner().current();
    if (!authority().owns(runner, object.kind(), object.id())) {
      throw Permissions.notOwner(object.kind().word(), object.name());
    }
    requireMember(runner, to);
  }

  private void requireMember(long runner, long to) {
    if (!authority().roles().isMember(runner, to)) {
      throw new DistDbException(
          ErrorCode.INSUFFICIENT_PRIVILEGE,
          "must be member of role \"" + authority().roles().name(to) + "\"");
    }
  }

  private void give(GrantObject object, long to) {
    ObjectAccess before = authority().of(object.id());
    if (before.owner() != to) {
      definer.changeAccess(object, before.withOwner(to));
    }
  }

  Done database(RoleStatement.DatabaseOwner alter) {
    String name = alter.database().text();
    ObjectAccess before = definer.databaseAccess(name);
    Role to = names().require(alter.owner());
    if (before.owner() != to.id()) {
      long runner = definer.runner().current();
      if (!authority().hasRightsOf(runner, before.owner())) {
        throw Permissions.notOwner("database", name);
      }
      requireMember(runner, to.id());
      boolean creates =
          authority().roles().isSuperuser(runner)
              || authority().roles().find(runner).filter(Role::createDatabase).isPresent();
      if (!creates) {
        throw new DistDbException(
            ErrorCode.INSUFFICIENT_PRIVILEGE, "permission denied to change owner of database");
      }
      definer.changeAccess(GrantObject.ofDatabase(name), before.withOwner(to.id()));
    }
    return Done.of("ALTER DATABASE");
  }

  // --- REASSIGN and DROP OWNED ---

  Done reassign(RoleStatement.ReassignOwned reassign) {
    Role to = names().require(reassign.to());
    List<Role> from = reassign.roles().stream().map(names()::require).toList();
    from.forEach(role -> checkOwned(role, "reassign ownership of objects owned by"));
    if (!mayBe(to)) {
      throw denied("reassign objects");
    }
    for (Role role : from) {
      if (!mayBe(role)) {
        throw denied("reassign objects");
      }
      for (GrantObject object : owned(role.id())) {
        give(object, to.id());
      }
      for (DatabaseList.Entry database : definer.databases().entries()) {
        if (database.access().owner() == role.id()) {
          definer.changeAccess(
              GrantObject.ofDatabase(database.name()), database.access().withOwner(to.id()));
        }
      }
    }
    return Done.of("REASSIGN OWNED");
  }

  private static DistDbException denied(String action) {
    return new DistDbException(ErrorCode.INSUFFICIENT_PRIVILEGE, "permission denied to " + action);
  }

  private boolean mayBe(Role role) {
    return authority().hasRightsOf(definer.runner().current(), role.id());
  }

  private static void checkOwned(Role role, String action) {
    if (role.id() == Role.FIRST) {
      throw new DistDbException(
          ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
          "cannot "
              + action
              + " role "
              + role.name()
              + " because they are required by the database system");
    }
  }

  Done dropOwned(RoleStatement.DropOwned drop) {
    List<Role> roles = drop.roles().stream().map(names()::require).toList();
    roles.forEach(role -> checkOwned(role, "drop objects owned by"));
    List<Done.Message> messages = new ArrayList<>();
    for (Role role : roles) {
      if (!mayBe(role)) {
        throw denied("drop objects");
      }
      dropOwned(role, drop.cascade()).ifPresent(messages::add);
      dropDefaults(role.id());
      for (GrantObject object : mentioning(role.id())) {
        definer.changeAccess(object, authority().of(object.id()).without(role.id()));
      }
      String own = definer.executor().database();
      ObjectAccess database = definer.databaseAccess(own);
      if (database.owner() != role.id() && database.mentions(role.id())) {
        definer.changeAccess(GrantObject.ofDatabase(own), database.without(role.id()));
      }
    }
    return Done.told("DROP OWNED", messages);
  }

  private void dropDefaults(long role) {
    for (DefaultPrivileges.Key key : authority().defaults().mentioning(role)) {
      boolean own = key.role() == role;
      definer
          .catalog()
          .changeDefaults(
              key, own ? key.nothingSaid() : authority().defaults().of(key).without(role));
    }
  }

  private Optional<Done.Message> dropOwned(Role role, boolean cascade) {
    Drops drops = new Drops(definer);
    for (Schema schema : definer.view().schemas()) {
      if (isOwner(role.id(), schema.id())) {
        drops.schema(schema);
      }
    }
    List<String> names = new ArrayList<>();
    for (Table table : definer.view().tables()) {
      if (isOwner(role.id(), table.id().value())) {
        drops.table(table);
        names.add("table " + table.qualifiedName());
      }
    }
    for (View view : definer.view().views()) {
      if (isOwner(role.id(), view.id())) {
        drops.view(view);
        names.add("view " + view.qualifiedName());
      }
    }
    for (Sequence sequence : definer.view().sequences()) {
      if (isOwner(role.id(), sequence.id())) {
        drops.sequence(sequence);
        names.add("sequence " + sequence.qualifiedName());
      }
    }
    names.forEach(drops::named);
    return drops.run("desired object(s)", cascade);
  }

  private boolean isOwner(long role, long object) {
    return authority().of(object).owner() == role;
  }

  private List<GrantObject> owned(long role) {
    return all().stream().filter(object -> isOwner(role, object.id())).toList();
  }

  private List<GrantObject> mentioning(long role) {
    return all().stream().filter(object -> authority().of(object.id()).mentions(role)).toList();
  }

  private List<GrantObject> all() {
    List<GrantObject> objects = new ArrayList<>();
    definer.view().schemas().forEach(schema -> objects.add(GrantObject.of(schema)));
    definer.view().tables().forEach(table -> objects.add(GrantObject.of(table)));
    definer.view().views().forEach(view -> objects.add(GrantObject.of(view)));
    definer.view().sequences().forEach(sequence -> objects.add(GrantObject.of(sequence)));
    return objects;
  }
}
