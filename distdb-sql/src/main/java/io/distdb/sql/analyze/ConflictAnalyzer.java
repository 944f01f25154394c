// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.sql.access.Privilege;
import io.distdb.sql.ast.DataStatement;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.BoundStatement.ColumnUpdate;
import io.distdb.sql.logical.BoundStatement.ConflictUpdate;
import io.distdb.sql.logical.BoundStatement.OnConflict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * ON CONFLICT: finds the unique keys that it means (PostgreSQL, "INSERT", on inference), and what
 * it does. SET and WHERE see the row that is there by the table's name, the proposed one as
 * EXCLUDED.
 */
final class ConflictAnalyzer {
  private static final String EXCLUDED = "excluded";

  private final StatementContext context;
  private final Table table;
  private final ScopeTable target;

  ConflictAnalyzer(StatementContext context, Table table, ScopeTable target) {
    this.context = context;
    this.table = table;
    this.target = target;
  }

  OnConflict analyze(DataStatement.OnConflict conflict) {
    List<IndexId> arbiters = List.of();
    if (conflict.target().isPresent()) {
      arbiters = arbiters(conflict.target().get());
    } else if (conflict.update().isPresent()) {
      throw new DistDbException(
              ErrorCode.SYNTAX_ERROR,
              "ON CONFLICT DO UPDATE requires inference specification or constraint name")
          .withHint("For example, ON CONFLICT (column_name).")
          .at(conflict.span().position());
    }
    ScopeTable excluded = Tables.bind(table, EXCLUDED, List.of(), context);
    Optional<ConflictUpdate> update =
        conflict.update().map(clause -> update(clause, Scope.of(target).and(Scope.of(excluded))));
    return new OnConflict(arbiters, excluded.variables(), update);
  }

  private ConflictUpdate update(DataStatement.ConflictUpdate clause, Scope scope) {
    List<ColumnUpdate> updates = new SetClause(context, scope).analyze(table, clause.items());
    context
        .demands()
        .write(Privilege.UPDATE, table, updates.stream().map(ColumnUpdate::ordinal).toList());
    return new ConflictUpdate(updates, UpdateAnalyzer.where(context, scope, clause.where()));
  }

  private List<IndexId> arbiters(DataStatement.ConflictTarget given) {
    return switch (given) {
      case DataStatement.ConflictColumns columns -> inferred(columns);
      case DataStatement.ConflictConstraint constraint -> List.of(named(constraint));
    };
  }

  /** Every unique key of exactly these columns. */
  private List<IndexId> inferred(DataStatement.ConflictColumns given) {
    Scope scope = Scope.of(target);
    Set<Integer> wanted = new HashSet<>();
    for (Name column : given.columns()) {
      scope.resolve(new Expr.Column(column.span(), Optional.empty(), column), context);
      wanted.add(Tables.requireColumn(table, column));
    }
    context.demands().select(table, List.copyOf(wanted));
    UpdateAnalyzer.where(context, scope, given.where());
    List<IndexId> found = new ArrayList<>();
    if (!table.hasRowId() && wanted.equals(Set.copyOf(table.primaryKey()))) {
      found.add(table.rows());
    }
    for (IndexDefinition index : table.indexes()) {
      if (index.unique() && wanted.equals(ordinals(index))) {
        found.add(index.id());
      }
    }
    if (found.isEmpty()) {
      throw new DistDbException(
              ErrorCode.INVALID_COLUMN_REFERENCE,
              "there is no unique or exclusion constraint matching the ON CONFLICT specification")
          .at(given.span().position());
    }
    return found;
  }

  private static Set<Integer> ordinals(IndexDefinition index) {
    return index.parts().stream().map(IndexDefinition.Part::ordinal).collect(Collectors.toSet());
  }

  private IndexId named(DataStatement.ConflictConstraint given) {
    String name = given.name().text();
    if (!table.hasRowId() && name.equals(table.primaryKeyName())) {
      return table.rows();
    }
    for (IndexDefinition index : table.indexes()) {
      if (index.unique() && index.name().equals(name)) {
        return index.id();
      }
    }
    throw new DistDbException(
            ErrorCode.UNDEFINED_OBJECT,
            "constraint \"" + name + "\" for table \"" + table.name() + "\" does not exist")
        .at(given.name().span().position());
  }
}
