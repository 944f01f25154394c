// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.access.Authority;
import io.distdb.sql.access.Role;
import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.ObjectKind;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.live.LiveTables;
import io.distdb.sql.logical.BoundStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** CREATE SCHEMA, and DROP of every kind of object. */
final class ObjectDefinitions {
  /** Schemas of tables that nobody stores. */
  private static final Set<String> DERIVED = Set.of("information_schema", LiveTables.SCHEMA);

  private final Definer definer;

  ObjectDefinitions(Definer definer) {
    this.definer = definer;
  }

  Done createSchema(SchemaStatement.CreateSchema create) {
    Authority authority = definer.view().authority();
    RoleNames roles = new RoleNames(authority.roles(), definer.runner());
    Optional<Role> owner = create.owner().map(roles::require);
    definer.permissions().requireCreateSchema(definer.executor().database());
    if (owner.isPresent()
        && !authority.roles().isMember(definer.runner().current(), owner.get().id())) {
      throw new DistDbException(
          ErrorCode.INSUFFICIENT_PRIVILEGE,
          "must be member of role \"" + owner.get().name() + "\"");
    }
    String name = create.name().map(Name::text).or(() -> owner.map(Role::name)).orElseThrow();
    long creator = owner.map(Role::id).orElse(definer.runner().current());
    return createSchema(create, name, creator);
  }

  private Done createSchema(SchemaStatement.CreateSchema create, String name, long owner) {
    int position = create.name().map(Name::span).orElse(create.span()).position();
    if (name.startsWith("pg_")) {
      throw new DistDbException(
              ErrorCode.RESERVED_NAME, "unacceptable schema name \"" + name + "\"")
          .withDetail("The prefix \"pg_\" is reserved for system schemas.")
          .at(position);
    }
    boolean exists = definer.view().schema(name).isPresent() || DERIVED.contains(name);
    if (exists && create.ifNotExists()) {
      return Done.skipped(
          "CREATE SCHEMA", ErrorCode.DUPLICATE_SCHEMA, "schema \"" + name + "\" already exists");
    }
    if (exists) {
      throw new DistDbException(
              ErrorCode.DUPLICATE_SCHEMA, "schema \"" + name + "\" already exists")
          .at(position);
    }
    definer.catalog().createSchema(new Schema(definer.newId(), name), owner);
    return Done.of("CREATE SCHEMA");
  }

  /**
   * @throws DistDbException {@code UNDEFINED_SCHEMA}
   */
  static Schema requireSchema(Name name, NameResolver names) {
    return names
        .catalog()
        .schema(name.text())
        .orElseThrow(() ->
            new DistDbException(
                    ErrorCode.UNDEFINED_SCHEMA, "schema \"" + name + "\" does not exist")
                .at(name.span().position()));
  }

  // --- DROP ---

  Done dropTables(BoundStatement.DropTable drop) {
    Drops drops = new Drops(definer);
    drop.tables().forEach(definer.permissions()::requireDropper);
    drop.tables().forEach(drops::table);
    List<Done.Message> messages = notices(drop.missing());
    drops
        .run(
            objects("table", drop.tables().stream().map(Table::qualifiedName).toList()),
            drop.cascade())
        .ifPresent(messages::add);
    return Done.told("DROP TABLE", messages);
  }

  Done drop(SchemaStatement.DropObjects drop) {
    NameResolver names = definer.names();
    Drops drops = new Drops(definer);
    List<String> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    String kind = drop.kind().word();
    for (TableName name : drop.names()) {
      Optional<String> object = collect(drops, drop.kind(), name, names);
      if (object.isEmpty() && !drop.ifExists()) {
        throw drop.kind() == ObjectKind.SCHEMA
            ? new DistDbException(
                    ErrorCode.UNDEFINED_SCHEMA, "schema \"" + name + "\" does not exist")
                .at(name.span().position())
            : MissingObjects.dropped(name, names, kind);
      }
      object.ifPresentOrElse(
          found::add, () -> missing.add(kind + " \"" + name + "\" does not exist, skipping"));
    }
    found.forEach(name -> drops.named(kind + " " + name));
    List<Done.Message> messages = notices(missing);
    if (!found.isEmpty()) {
      drops.run(objects(kind, found), drop.cascade()).ifPresent(messages::add);
    }
    return Done.told("DROP " + kind.toUpperCase(Locale.ROOT), messages);
  }

  private static List<Done.Message> notices(List<String> texts) {
    List<Done.Message> messages = new ArrayList<>();
    texts.forEach(text -> messages.add(Done.Message.notice(text)));
    return messages;
  }

  private static String objects(String kind, List<String> names) {
    return names.size() == 1 ? kind + " " + names.getFirst() : "desired object(s)";
  }

  /** Marks what is called {@code name} for dropping; its qualified name, or absent. */
  private Optional<String> collect(
      Drops drops, ObjectKind kind, TableName name, NameResolver names) {
    return switch (kind) {
      case TABLE ->
          names
              .table(name)
              .map(table -> {
                definer.permissions().requireDropper(table);
                drops.table(table);
                return table.qualifiedName();
              });
      case VIEW ->
          names
              .view(name)
              .map(view -> {
                definer.permissions().requireDropper(view);
                drops.view(view);
                return view.qualifiedName();
              });
      case SEQUENCE ->
          names
              .sequence(name)
              .map(sequence -> {
                definer.permissions().requireDropper(sequence);
                refuseInternal(sequence);
                drops.sequence(sequence);
                return sequence.qualifiedName();
              });
      case SCHEMA ->
          names
              .catalog()
              .schema(name.name().text())
              .map(schema -> {
                refusePublic(schema);
                definer.permissions().requireOwner(schema);
                drops.schema(schema);
                return schema.name();
              });
      case INDEX -> Optional.empty();
    };
  }

  private static void refusePublic(Schema schema) {
    if (schema.name().equals(Table.PUBLIC)) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED, "dropping schema \"public\" is not supported");
    }
  }

  private void refuseInternal(Sequence sequence) {
    if (sequence.owner().filter(Sequence.Owner::internal).isPresent()) {
      Sequence.Owner owner = sequence.owner().get();
      Table table = definer.view().table(owner.table()).orElseThrow();
      String column = table.columns().get(table.ordinalOfSlot(owner.slot())).name();
      String of = "column " + column + " of table " + table.qualifiedName();
      throw new DistDbException(
              ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
              "cannot drop sequence "
                  + sequence.qualifiedName()
                  + " because "
                  + of
                  + " requires it")
          .withHint("You can drop " + of + " instead.");
    }
  }

  Done dropIndexes(BoundStatement.DropIndex drop) {
    List<Done.Message> messages = notices(drop.missing());
    for (IndexDefinition index : drop.indexes()) {
      Table table = definer.view().table(index.table()).orElseThrow();
      definer.permissions().requireOwnerOfIndex(table, index.name());
      Optional<Constraint.Unique> constraint = table.constraintOf(index);
      if (constraint.isPresent()) {
        String of = "constraint " + constraint.get().name() + " on table " + table.qualifiedName();
        throw new DistDbException(
                ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                "cannot drop index " + index.name() + " because " + of + " requires it")
            .withHint("You can drop " + of + " instead.");
      }
      dropIndex(table, index, drop.cascade()).ifPresent(messages::add);
    }
    return Done.told("DROP INDEX", messages);
  }

  private Optional<Done.Message> dropIndex(Table table, IndexDefinition index, boolean cascade) {
    Optional<Done.Message> cascaded =
        new KeyDependents(definer)
            .release(
                table,
                index.parts().stream().map(IndexDefinition.Part::ordinal).toList(),
                index.unique(),
                "index " + index.name(),
                cascade);
    Table current = definer.current(table);
    definer
        .catalog()
        .changeTable(
            current,
            current.withIndexes(
                current.indexes().stream().filter(i -> !i.id().equals(index.id())).toList()),
            List.of());
    return cascaded;
  }
}
