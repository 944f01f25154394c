// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.analyze.SequenceAnalyzer;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.SequenceOption;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.BoundStatement.NewColumn;
import java.util.List;
import java.util.Optional;

/** CREATE and ALTER SEQUENCE, and the sequences of SERIAL and identity columns. */
final class SequenceDefinitions {
  private final Definer definer;

  SequenceDefinitions(Definer definer) {
    this.definer = definer;
  }

  /** The default of a column that takes its numbers from {@code sequence}. */
  static String nextvalText(Sequence sequence) {
    String name = ObjectNames.quoted(sequence.schema(), sequence.name());
    return "nextval('" + name.replace("'", "''") + "'::regclass)";
  }

  /** The sequence that a new column brings, with ids and a name; it is not created yet. */
  Optional<Sequence> forColumn(
      NewColumn column, String schema, String table, TableId tableId, int slot) {
    return column
        .sequence()
        .map(options -> {
          String name = named(options, schema).orElseGet(() -> free(table, column, schema));
          Sequence.Owner owner = new Sequence.Owner(tableId, slot, column.identity().isPresent());
          return identified(options, schema, name, Optional.of(owner));
        });
  }

  /** What SEQUENCE NAME said. */
  private static Optional<String> named(Sequence options, String schema) {
    if (!options.schema().isEmpty() && !options.schema().equals(schema)) {
      throw new DistDbException(
          ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
          "sequence must be in same schema as table it is linked to");
    }
    return Optional.of(options.name()).filter(name -> !name.isEmpty());
  }

  private String free(String table, NewColumn column, String schema) {
    return ObjectNames.free(
        table, column.name(), "seq", candidate -> definer.catalog().nameTaken(schema, candidate));
  }

  private Sequence identified(
      Sequence options, String schema, String name, Optional<Sequence.Owner> owner) {
    return new Sequence(
        definer.newId(),
        schema,
        name,
        options.type(),
        options.start(),
        options.increment(),
        options.minimum(),
        options.maximum(),
        options.cache(),
        options.cycles(),
        owner,
        definer.newId(),
        options.start());
  }

  Done create(SchemaStatement.CreateSequence create) {
    String schema = definer.names().creationSchema(create.name());
    String name = create.name().name().text();
    if (create.ifNotExists() && definer.catalog().nameTaken(schema, name)) {
      return Done.skipped(
          "CREATE SEQUENCE", ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists");
    }
    definer.permissions().requireCreate(schema);
    Sequence options = SequenceAnalyzer.create(create.options(), Optional.empty());
    Sequence sequence = identified(options, schema, name, Optional.empty());
    definer.catalog().createSequence(owned(sequence, create.options()));
    return Done.of("CREATE SEQUENCE");
  }

  Done alter(SchemaStatement.AlterSequence alter) {
    Optional<Sequence> found = definer.names().sequence(alter.name());
    if (found.isEmpty()) {
      if (alter.ifExists()) {
        return Done.noticed(
            "ALTER SEQUENCE",
            Optional.of("relation \"" + alter.name() + "\" does not exist, skipping"));
      }
      throw MissingObjects.relation(alter.name(), definer.names(), "sequence");
    }
    definer.permissions().requireOwner(found.get());
    change(found.get(), alter.options());
    return Done.of("ALTER SEQUENCE");
  }

  /** Changes options; a restart gets a state of its own. */
  void change(Sequence sequence, List<SequenceOption> options) {
    if (options.stream().anyMatch(SchemaStatement.OwnedBy.class::isInstance)
        && sequence.owner().filter(Sequence.Owner::internal).isPresent()) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED, "cannot change ownership of identity sequence")
          .withDetail("Sequence \"" + sequence.name() + "\" is linked to a table.");
    }
    Sequence changed = SequenceAnalyzer.alter(sequence, options);
    if (SequenceAnalyzer.restarts(options)) {
      changed = changed.restarted(definer.newId(), changed.first());
    }
    definer.catalog().changeSequence(sequence, owned(changed, options));
  }

  void restart(Sequence sequence) {
    definer
        .catalog()
        .changeSequence(sequence, sequence.restarted(definer.newId(), sequence.start()));
  }

  private Sequence owned(Sequence sequence, List<SequenceOption> options) {
    Sequence result = sequence;
    for (SequenceOption option : options) {
      if (option instanceof SchemaStatement.OwnedBy by) {
        result = result.withOwner(owner(sequence, by));
      }
    }
    return result;
  }

  private Optional<Sequence.Owner> owner(Sequence sequence, SchemaStatement.OwnedBy by) {
    if (by.table().isEmpty()) {
      return Optional.empty();
    }
    Table table =
        definer
            .names()
            .table(by.table().get())
            .orElseThrow(() -> MissingObjects.relation(by.table().get(), definer.names(), "table"));
    definer.permissions().requireOwner(table);
    if (!table.schema().equals(sequence.schema())) {
      throw new DistDbException(
          ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
          "sequence must be in same schema as table it is linked to");
    }
    String column = by.column().orElseThrow().text();
    int ordinal = table.ordinalOf(column);
    if (ordinal < 0) {
      throw new DistDbException(
          ErrorCode.UNDEFINED_COLUMN,
          "column \"" + column + "\" of relation \"" + table.name() + "\" does not exist");
    }
    return Optional.of(new Sequence.Owner(table.id(), table.slotOf(ordinal), false));
  }
}
