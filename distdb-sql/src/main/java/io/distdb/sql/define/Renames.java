// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.ObjectKind;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.catalog.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** RENAME TO, SET SCHEMA and OWNER TO of every kind of object. */
final class Renames {
  private final Definer definer;

  Renames(Definer definer) {
    this.definer = definer;
  }

  Done rename(SchemaStatement.Rename rename) {
    return moved(
        rename.kind(),
        rename.object(),
        rename.ifExists(),
        Optional.of(rename.to()),
        Optional.empty());
  }

  Done setSchema(SchemaStatement.SetSchema set) {
    boolean ofTemporary = definer.names().isTemporary(set.object());
    boolean toTemporary =
        set.schema().text().equals(Schema.TEMPORARY) || Schema.isTemporary(set.schema().text());
    if (ofTemporary || toTemporary) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              "cannot move objects into or out of temporary schemas")
          .at(set.schema().span().position());
    }
    definer.names().requireSchema(set.schema());
    return moved(
        set.kind(), set.object(), set.ifExists(), Optional.empty(), Optional.of(set.schema()));
  }

  Done setOwner(SchemaStatement.SetOwner set) {
    NameResolver names = definer.names();
    Owners owners = new Owners(definer);
    boolean found =
        switch (set.kind()) {
          case TABLE ->
              tableOwner(set, names, owners)
                  || viewOwner(set, names, owners)
                  || sequenceOwner(set, names, owners);
          case VIEW -> viewOwner(set, names, owners);
          case SEQUENCE -> sequenceOwner(set, names, owners);
          case SCHEMA -> {
            owners.schema(ObjectDefinitions.requireSchema(set.object().name(), names), set.owner());
            yield true;
          }
          case INDEX -> false;
        };
    return done(set.kind(), set.object(), set.ifExists(), found);
  }

  private static boolean tableOwner(
      SchemaStatement.SetOwner set, NameResolver names, Owners owners) {
    Optional<Table> table = names.table(set.object());
    table.ifPresent(of -> owners.table(of, set.owner()));
    return table.isPresent();
  }

  private static boolean viewOwner(
      SchemaStatement.SetOwner set, NameResolver names, Owners owners) {
    Optional<View> view = names.view(set.object());
    view.ifPresent(of -> owners.view(of, set.owner()));
    return view.isPresent();
  }

  private static boolean sequenceOwner(
      SchemaStatement.SetOwner set, NameResolver names, Owners owners) {
    Optional<Sequence> sequence = names.sequence(set.object());
    sequence.ifPresent(of -> owners.sequence(of, set.owner()));
    return sequence.isPresent();
  }

  private Done moved(
      ObjectKind kind,
      TableName object,
      boolean ifExists,
      Optional<Name> name,
      Optional<Name> schema) {
    NameResolver names = definer.names();
    boolean found =
        switch (kind) {
          case TABLE -> table(names, object, name, schema);
          case VIEW -> view(names, object, name, schema);
          case SEQUENCE -> sequence(names, object, name, schema);
          case INDEX -> index(names, object, name);
          case SCHEMA -> schema(names, object, name);
        };
    return done(kind, object, ifExists, found);
  }

  private Done done(ObjectKind kind, TableName object, boolean ifExists, boolean found) {
    String tag = "ALTER " + kind.word().toUpperCase(Locale.ROOT);
    if (found) {
      return Done.of(tag);
    }
    if (ifExists) {
      return Done.noticed(tag, Optional.of("relation \"" + object + "\" does not exist, skipping"));
    }
    throw MissingObjects.relation(object, definer.names(), kind.word());
  }

  /** What is moved must be the runner's, and the runner may create where it goes. */
  private void requireMover(Runnable owner, Optional<Name> schema) {
    owner.run();
    schema.ifPresent(to -> definer.permissions().requireCreate(to.text()));
  }

  private boolean table(
      NameResolver names, TableName object, Optional<Name> name, Optional<Name> schema) {
    Optional<Table> found = names.table(object);
    if (found.isEmpty()) {
      // ALTER TABLE may name a view or a sequence too
      return view(names, object, name, schema) || sequence(names, object, name, schema);
    }
    Table table = found.get();
    requireMover(() -> definer.permissions().requireOwner(table), schema);
    refuseUsed(table.id().value(), "table " + table.qualifiedName());
    String newSchema = schema.map(Name::text).orElse(table.schema());
    Table after = table.withName(newSchema, name.map(Name::text).orElse(table.name()));
    definer.catalog().changeTable(table, pinned(after, table), List.of());
    for (Sequence sequence : names.catalog().sequences()) {
      if (!newSchema.equals(table.schema())
          && sequence.owner().filter(o -> o.table().equals(table.id())).isPresent()) {
        move(sequence, sequence.withName(newSchema, sequence.name()));
      }
    }
    return true;
  }

  /** A primary key keeps the name that it has, though it came from the table's. */
  private static Table pinned(Table after, Table before) {
    boolean named = after.constraints().stream().anyMatch(Constraint.PrimaryKey.class::isInstance);
    if (after.hasRowId() || named) {
      return after;
    }
    List<Constraint> constraints = new ArrayList<>(after.constraints());
    constraints.add(new Constraint.PrimaryKey(before.primaryKeyName(), after.primaryKey()));
    return after.withConstraints(constraints);
  }

  /** Views keep their text, which names what it reads. */
  private void refuseUsed(long id, String what) {
    for (View view : definer.view().views()) {
      if (view.uses().contains(id)) {
        throw new DistDbException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "renaming or moving " + what + ", which a view uses, is not supported yet")
            .withDetail("view " + view.qualifiedName() + " depends on " + what);
      }
    }
  }

  private boolean view(
      NameResolver names, TableName object, Optional<Name> name, Optional<Name> schema) {
    Optional<View> found = names.view(object);
    if (found.isPresent()) {
      View view = found.get();
      requireMover(() -> definer.permissions().requireOwner(view), schema);
      refuseUsed(view.id(), "view " + view.qualifiedName());
      definer
          .catalog()
          .changeView(
              view,
              view.withName(
                  schema.map(Name::text).orElse(view.schema()),
                  name.map(Name::text).orElse(view.name())));
    }
    return found.isPresent();
  }

  private boolean sequence(
      NameResolver names, TableName object, Optional<Name> name, Optional<Name> schema) {
    Optional<Sequence> found = names.sequence(object);
    if (found.isPresent()) {
      Sequence sequence = found.get();
      requireMover(() -> definer.permissions().requireOwner(sequence), schema);
      if (schema.isPresent() && sequence.owner().isPresent()) {
        throw new DistDbException(
            ErrorCode.FEATURE_NOT_SUPPORTED, "cannot move an owned sequence into another schema");
      }
      move(
          sequence,
          sequence.withName(
              schema.map(Name::text).orElse(sequence.schema()),
              name.map(Name::text).orElse(sequence.name())));
    }
    return found.isPresent();
  }

  /** Gives a sequence its new name, in the defaults that name it too. */
  private void move(Sequence before, Sequence after) {
    CatalogView view = definer.view();
    NameResolver names = new NameResolver(view, definer.searchPath());
    refuseUsed(before.id(), "sequence " + before.qualifiedName());
    definer.catalog().changeSequence(before, after);
    for (Table table : view.tables()) {
      Table changed = table;
      for (int i = 0; i < table.columns().size(); i++) {
        TableColumn column = table.columns().get(i);
        if (DefaultSequences.uses(column, before, names)) {
          String text =
              DefaultSequences.renamed(column.defaultText().orElseThrow(), before, after, names);
          changed = changed.withColumn(i, column.withDefault(Optional.of(text), column.identity()));
        }
      }
      if (!changed.equals(table)) {
        definer.catalog().changeTable(table, changed, List.of());
      }
    }
  }

  static IndexDefinition named(IndexDefinition index, String name) {
    return new IndexDefinition(
        index.id(), name, index.table(), index.parts(), index.kind(), index.unique());
  }

  private boolean index(NameResolver names, TableName object, Optional<Name> name) {
    Optional<IndexDefinition> found = names.index(object);
    if (found.isEmpty() || name.isEmpty()) {
      return found.isPresent();
    }
    IndexDefinition index = found.get();
    Table table = names.catalog().table(index.table()).orElseThrow();
    definer.permissions().requireOwnerOfIndex(table, index.name());
    String to = name.get().text();
    List<IndexDefinition> indexes =
        table.indexes().stream()
            .map(other -> other.id().equals(index.id()) ? named(other, to) : other)
            .toList();
    List<Constraint> constraints = new ArrayList<>();
    for (Constraint constraint : table.constraints()) {
      boolean own =
          constraint instanceof Constraint.Unique unique && unique.index().equals(index.id());
      constraints.add(own ? constraint.withName(to) : constraint);
    }
    definer
        .catalog()
        .changeTable(table, table.withIndexes(indexes).withConstraints(constraints), List.of());
    return true;
  }

  private boolean schema(NameResolver names, TableName object, Optional<Name> name) {
    Schema schema = ObjectDefinitions.requireSchema(object.name(), names);
    definer.permissions().requireOwner(schema);
    definer.permissions().requireCreateSchema(definer.executor().database());
    if (schema.name().equals(Table.PUBLIC)) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED, "renaming schema \"public\" is not supported");
    }
    if (names.catalog().schema(name.get().text()).isPresent()) {
      throw new DistDbException(
          ErrorCode.DUPLICATE_SCHEMA, "schema \"" + name.get() + "\" already exists");
    }
    for (View view : names.catalog().views()) {
      if (io.distdb.sql.parse.IdentifierText.contains(view.text(), schema.name())
          || view.searchPath().contains(schema.name())) {
        refuseUsed(view.uses().isEmpty() ? -1 : view.uses().getFirst(), "schema " + schema.name());
      }
    }
    for (Sequence sequence : names.catalog().sequences()) {
      if (sequence.schema().equals(schema.name())) {
        throw new DistDbException(
            ErrorCode.FEATURE_NOT_SUPPORTED,
            "renaming schema \"" + schema.name() + "\", which has sequences, is not supported yet");
      }
    }
    definer.catalog().renameSchema(schema, name.get().text());
    return true;
  }
}
