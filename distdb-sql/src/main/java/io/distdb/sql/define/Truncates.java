// SPDX-License-Identifier: MIT
package io.distdb.sql.define;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** TRUNCATE: tables get new, empty indexes, however many rows they had. */
final class Truncates {
  private final Definer definer;

  Truncates(Definer definer) {
    this.definer = definer;
  }

  Done truncate(SchemaStatement.Truncate truncate) {
    NameResolver names = definer.names();
    Map<Long, Table> tables = new LinkedHashMap<>();
    for (TableName name : truncate.tables()) {
      Table table =
          names.table(name).orElseThrow(() -> MissingObjects.relation(name, names, "table"));
      tables.put(table.id().value(), table);
    }
    if (truncate.cascade()) {
      addReferencing(tables, names);
    } else {
      refuseReferenced(tables, names);
    }
    List<Table> all = new ArrayList<>(tables.values());
    all.forEach(table -> definer.permissions().require(Privilege.TRUNCATE, table));
    all.forEach(this::empty);
    if (truncate.restartIdentity()) {
      for (Sequence sequence : names.catalog().sequences()) {
        if (sequence
            .owner()
            .filter(owner -> tables.containsKey(owner.table().value()))
            .isPresent()) {
          new SequenceDefinitions(definer).restart(sequence);
        }
      }
    }
    return Done.of("TRUNCATE TABLE");
  }

  private static void addReferencing(Map<Long, Table> tables, NameResolver names) {
    List<Table> queue = new ArrayList<>(tables.values());
    for (int i = 0; i < queue.size(); i++) {
      for (Table other : names.catalog().referencing(queue.get(i).id())) {
        if (tables.putIfAbsent(other.id().value(), other) == null) {
          queue.add(other);
        }
      }
    }
  }

  private static void refuseReferenced(Map<Long, Table> tables, NameResolver names) {
    for (Table table : tables.values()) {
      for (Table other : names.catalog().referencing(table.id())) {
        if (!tables.containsKey(other.id().value())) {
          throw new DistDbException(
                  ErrorCode.FEATURE_NOT_SUPPORTED,
                  "cannot truncate a table referenced in a foreign key constraint")
              .withDetail("Table \"" + other.name() + "\" references \"" + table.name() + "\".")
              .withHint(
                  "Truncate table \""
                      + other.name()
                      + "\" at the same time, or use TRUNCATE ... CASCADE.");
        }
      }
    }
  }

  private void empty(Table table) {
    Map<IndexId, IndexId> ids = new LinkedHashMap<>();
    List<IndexDefinition> indexes = new ArrayList<>();
    for (IndexDefinition index : table.indexes()) {
      IndexId id = definer.newIndexId();
      ids.put(index.id(), id);
      indexes.add(
          new IndexDefinition(
              id, index.name(), index.table(), index.parts(), index.kind(), index.unique()));
    }
    List<Constraint> constraints = new ArrayList<>();
    for (Constraint constraint : table.constraints()) {
      constraints.add(
          constraint instanceof Constraint.Unique unique
              ? new Constraint.Unique(unique.name(), unique.columns(), ids.get(unique.index()))
              : constraint);
    }
    Table after =
        table
            .withRows(definer.newIndexId(), table.primaryKey())
            .withIndexes(indexes)
            .withConstraints(constraints);
    definer.catalog().changeTable(table, after, List.of());
  }
}
