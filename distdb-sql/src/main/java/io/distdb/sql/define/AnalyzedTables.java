// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.LockStrength;
import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.AnalyzeTarget;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.ColumnStatistics;
import io.distdb.sql.catalog.StatisticsStore;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.execute.TableSample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * ANALYZE: takes a sample of each table, and keeps what it says of the columns. Writers go on; what
 * changes the table waits. VACUUM alone only looks whether its tables are there: old versions of
 * rows are collected all the time.
 */
final class AnalyzedTables {
  private final Definer definer;
  private final List<Done.Message> messages = new ArrayList<>();

  /** A table with the ordinals of the columns that are asked for. */
  private record Target(Table table, List<Integer> ordinals) {}

  AnalyzedTables(Definer definer) {
    this.definer = definer;
  }

  Done analyze(SchemaStatement.Analyze analyze) {
    Permissions permissions = definer.permissions();
    List<Target> targets = new ArrayList<>();
    if (analyze.targets().isEmpty()) {
      definer.view().tables().stream()
          .filter(permissions::mayAnalyze)
          .forEach(table -> targets.add(new Target(table, all(table))));
    }
    for (AnalyzeTarget written : analyze.targets()) {
      target(written).ifPresent(targets::add);
    }
    if (analyze.upkeep() != SchemaStatement.Upkeep.VACUUM) {
      Map<Target, Map<Integer, ColumnStatistics>> found = new LinkedHashMap<>();
      for (Target target : targets) {
        found.put(target, sampled(target, analyze.verbose()));
      }
      keep(found);
    }
    return Done.told(
        analyze.upkeep() == SchemaStatement.Upkeep.ANALYZE ? "ANALYZE" : "VACUUM", messages);
  }

  private static List<Integer> all(Table table) {
    List<Integer> ordinals = new ArrayList<>();
    for (int i = 0; i < table.columns().size(); i++) {
      ordinals.add(i);
    }
    return ordinals;
  }

  /** Nothing, and a notice, for what has no rows of its own. */
  private Optional<Target> target(AnalyzeTarget written) {
    NameResolver names = definer.names();
    TableName name = written.table();
    Optional<Table> table = names.table(name);
    if (table.isPresent() && !definer.permissions().mayAnalyze(table.get())) {
      messages.add(
          Done.Message.warning(
              "skipping \""
                  + table.get().name()
                  + "\" --- only table or database owner can analyze it"));
      return Optional.empty();
    }
    if (table.isPresent()) {
      List<Integer> ordinals =
          written.columns().isEmpty() ? all(table.get()) : ordinals(table.get(), written.columns());
      return Optional.of(new Target(table.get(), ordinals));
    }
    DistDbException missing = MissingObjects.relation(name, names, "table");
    if (missing.code() != ErrorCode.WRONG_OBJECT_TYPE) {
      throw missing;
    }
    messages.add(
        Done.Message.warning(
            "skipping \""
                + name.name()
                + "\" --- cannot analyze non-tables or special system tables"));
    return Optional.empty();
  }

  private static List<Integer> ordinals(Table table, List<Name> columns) {
    List<Integer> ordinals = new ArrayList<>();
    for (Name column : columns) {
      int ordinal = AlterColumns.require(table, column);
      if (ordinals.contains(ordinal)) {
        throw new DistDbException(
                ErrorCode.DUPLICATE_COLUMN,
                "column \""
                    + column
                    + "\" of relation \""
                    + table.name()
                    + "\" appears more than once")
            .at(column.span().position());
      }
      ordinals.add(ordinal);
    }
    return ordinals;
  }

  private Map<Integer, ColumnStatistics> sampled(Target target, boolean verbose) {
    Table table = target.table();
    definer
        .transaction()
        .lockTable(table.id(), LockStrength.SHARED, definer.view().schemaVersion());
    TableSample sample =
        TableSample.read(table, definer.transaction(), definer.cancellation(), TableSample.ROWS);
    if (verbose) {
      messages.add(
          Done.Message.notice(
              "\""
                  + table.name()
                  + "\": scanned "
                  + sample.tableRows()
                  + " live rows; "
                  + sample.rows()
                  + " rows in sample"));
    }
    Map<Integer, ColumnStatistics> columns = new TreeMap<>();
    for (int ordinal : target.ordinals()) {
      definer.cancellation().check();
      sample.statistics(ordinal).ifPresent(known -> columns.put(ordinal, known));
    }
    return columns;
  }

  private void keep(Map<Target, Map<Integer, ColumnStatistics>> found) {
    if (found.isEmpty()) {
      return;
    }
    StatisticsStore store = new StatisticsStore(definer.transaction());
    store.lock();
    found.forEach((target, columns) ->
        columns.forEach((ordinal, known) -> store.put(target.table(), ordinal, known)));
    store.changed();
  }
}
