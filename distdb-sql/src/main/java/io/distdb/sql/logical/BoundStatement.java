// SPDX-License-Identifier: MIT
package io.distdb.sql.logical;

import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.Compression;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.DatabaseStatement;
import io.distdb.sql.ast.ExplainOptions;
import io.distdb.sql.ast.RoleStatement;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SessionStatement;
import io.distdb.sql.ast.TableName;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.ReferenceAction;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import java.util.List;
import java.util.Optional;

/** A statement whose names and types are settled. */
public sealed interface BoundStatement {
  /** A statement that the optimizer plans. */
  sealed interface Plannable extends BoundStatement {}

  /**
   * @param headings result column names, one for each output variable of {@code relation}
   */
  record Query(Relation relation, List<String> headings) implements Plannable {
    public Query {
      headings = List.copyOf(headings);
    }
  }

  /**
   * Inserts the rows of {@code source}, whose output is one variable for each table column, in
   * table order and of its type (missing columns are NULL literals).
   *
   * @param target one variable for each table column, which {@code conflict} and {@code returning}
   *     refer to
   */
  record Insert(
      Table table,
      List<Variable> target,
      Relation source,
      Optional<OnConflict> conflict,
      Optional<Returning> returning)
      implements Plannable {
    public Insert {
      target = List.copyOf(target);
    }
  }

  /**
   * What happens to a row whose key is there already.
   *
   * @param arbiters the unique keys that count, by the index that holds them; empty: all
   * @param excluded one variable for each column of the row that was proposed
   * @param update absent: nothing
   */
  record OnConflict(
      List<IndexId> arbiters, List<Variable> excluded, Optional<ConflictUpdate> update) {
    public OnConflict {
      arbiters = List.copyOf(arbiters);
      excluded = List.copyOf(excluded);
    }
  }

  /** Over the row that is there and the one proposed. */
  record ConflictUpdate(List<ColumnUpdate> updates, Optional<Expression> predicate) {
    public ConflictUpdate {
      updates = List.copyOf(updates);
    }
  }

  /** What RETURNING computes from each changed row, and how it is called. */
  record Returning(List<Expression> columns, List<String> headings) {
    public Returning {
      columns = List.copyOf(columns);
      headings = List.copyOf(headings);
    }
  }

  /**
   * Updates the rows of {@code target} for which {@code predicate} is true. Expressions refer to
   * the target's variables, whose scan reads every column, and to those of {@code from}.
   */
  record Update(
      Relation.Scan target,
      Optional<JoinedTarget> from,
      Optional<Expression> predicate,
      List<ColumnUpdate> updates,
      Optional<Returning> returning)
      implements Plannable {
    public Update {
      updates = List.copyOf(updates);
    }
  }

  /**
   * The target joined with other tables.
   *
   * @param source the joined rows that satisfy the predicate; its output is {@code key}, then
   *     {@code others}
   * @param key the target's primary key columns, or its hidden row id
   * @param others what expressions refer to beside the target
   */
  record JoinedTarget(Relation source, List<Variable> key, List<Variable> others) {
    public JoinedTarget {
      key = List.copyOf(key);
      others = List.copyOf(others);
    }
  }

  /**
   * @param ordinal position in {@link Table#columns}
   */
  record ColumnUpdate(int ordinal, Expression value) {}

  /** As {@link Update}, without new values. */
  record Delete(
      Relation.Scan target,
      Optional<JoinedTarget> using,
      Optional<Expression> predicate,
      Optional<Returning> returning)
      implements Plannable {}

  /**
   * COPY … FROM.
   *
   * @param given the columns that the file has, by ordinal
   * @param fields one variable for each of them
   * @param target one variable for each table column
   * @param row values of all table columns, over {@code fields}
   * @param predicate over {@code target}
   * @param file absent: STDIN
   */
  record CopyIn(
      Table table,
      List<Integer> given,
      List<Variable> fields,
      List<Variable> target,
      List<Expression> row,
      Optional<Expression> predicate,
      CopyFormat format,
      Optional<String> file)
      implements Plannable {
    public CopyIn {
      given = List.copyOf(given);
      fields = List.copyOf(fields);
      target = List.copyOf(target);
      row = List.copyOf(row);
    }
  }

  /**
   * COPY … TO.
   *
   * @param file absent: STDOUT
   */
  record CopyOut(Relation relation, List<String> headings, CopyFormat format, Optional<String> file)
      implements Plannable {
    public CopyOut {
      headings = List.copyOf(headings);
    }
  }

  /**
   * Changes and queries that WITH names, then {@code main}; all read what there was before.
   *
   * @param main a query or a change
   */
  record WithChanges(List<WithStep> steps, Plannable main) implements Plannable {
    public WithChanges {
      steps = List.copyOf(steps);
    }
  }

  /**
   * One name of WITH. A query runs when it is read, a change in any case, in the order written.
   *
   * @param id what scans call it
   * @param columns variables of the query; new ones for what a change returns
   */
  record WithStep(int id, String name, Plannable statement, List<Variable> columns) {
    public WithStep {
      columns = List.copyOf(columns);
    }
  }

  record Explain(Plannable statement, ExplainOptions options) implements BoundStatement {}

  // --- schema ---

  /**
   * @param primaryKey ordinals in key order; empty: a hidden row id
   * @param constraints the primary key among them
   * @param copied indexes to make as LIKE … INCLUDING INDEXES found them
   */
  record CreateTable(
      String schema,
      String name,
      List<NewColumn> columns,
      List<Integer> primaryKey,
      List<NewConstraint> constraints,
      List<IndexDefinition> copied,
      boolean ifNotExists)
      implements BoundStatement {
    public CreateTable {
      columns = List.copyOf(columns);
      primaryKey = List.copyOf(primaryKey);
      constraints = List.copyOf(constraints);
      copied = List.copyOf(copied);
    }
  }

  /**
   * @param sequence to be made for a SERIAL or identity column; its ids and names are still open
   */
  record NewColumn(
      String name,
      SqlType type,
      boolean notNull,
      Optional<String> defaultText,
      Optional<TableColumn.Identity> identity,
      Optional<Sequence> sequence,
      Optional<String> collation) {}

  /** A constraint to be made; without a name it gets one as in PostgreSQL. */
  sealed interface NewConstraint {
    Optional<String> name();

    List<Integer> columns();
  }

  record NewKey(Optional<String> name, boolean primary, List<Integer> columns)
      implements NewConstraint {
    public NewKey {
      columns = List.copyOf(columns);
    }
  }

  record NewCheck(Optional<String> name, List<Integer> columns, String text)
      implements NewConstraint {
    public NewCheck {
      columns = List.copyOf(columns);
    }
  }

  /**
   * @param referenced absent: the table itself, which may not be there yet
   */
  record NewForeignKey(
      Optional<String> name,
      List<Integer> columns,
      Optional<Table> referenced,
      List<Integer> referencedColumns,
      boolean matchFull,
      ReferenceAction onDelete,
      ReferenceAction onUpdate,
      boolean deferrable,
      boolean initiallyDeferred,
      boolean notValid)
      implements NewConstraint {
    public NewForeignKey {
      columns = List.copyOf(columns);
      referencedColumns = List.copyOf(referencedColumns);
    }
  }

  /**
   * @param missing what IF EXISTS missed, for a notice each
   */
  record DropTable(List<Table> tables, boolean cascade, List<String> missing)
      implements BoundStatement {
    public DropTable {
      tables = List.copyOf(tables);
      missing = List.copyOf(missing);
    }
  }

  /** A definition whose names are settled when it runs, each step seeing the one before. */
  record Definition(SchemaStatement statement) implements BoundStatement {}

  /** Roles, privileges and owners, settled when it runs too. */
  record RoleDefinition(RoleStatement statement) implements BoundStatement {}

  /** A whole database made or dropped. */
  record DatabaseDefinition(DatabaseStatement statement) implements BoundStatement {}

  /** Absent name: the system makes one, as PostgreSQL does ({@code table_column_idx}). */
  record CreateIndex(
      Optional<String> name,
      Table table,
      List<IndexDefinition.Part> parts,
      IndexKind kind,
      boolean unique,
      boolean ifNotExists)
      implements BoundStatement {
    public CreateIndex {
      parts = List.copyOf(parts);
    }
  }

  /**
   * @param missing what IF EXISTS missed, for a notice each
   */
  record DropIndex(List<IndexDefinition> indexes, boolean cascade, List<String> missing)
      implements BoundStatement {
    public DropIndex {
      indexes = List.copyOf(indexes);
      missing = List.copyOf(missing);
    }
  }

  /** Nothing to do, with notices: {@code IF [NOT] EXISTS} found what it hoped for. */
  record Nothing(String commandTag, String sqlState, List<String> notices)
      implements BoundStatement {
    public Nothing {
      notices = List.copyOf(notices);
    }
  }

  // --- transactions and session ---

  /**
   * @param start whether it was written START TRANSACTION
   */
  record Begin(Optional<IsolationLevel> isolation, Optional<Boolean> readOnly, boolean start)
      implements BoundStatement {}

  /**
   * @param chain whether a transaction of the same kind follows
   */
  record Commit(boolean chain) implements BoundStatement {}

  /**
   * @param chain whether a transaction of the same kind follows
   */
  record Rollback(boolean chain) implements BoundStatement {}

  record SavepointStatement(String name) implements BoundStatement {}

  record RollbackTo(String name) implements BoundStatement {}

  record ReleaseSavepoint(String name) implements BoundStatement {}

  record SetTransaction(Optional<IsolationLevel> isolation, Optional<Boolean> readOnly)
      implements BoundStatement {}

  record SetSnapshot(String name) implements BoundStatement {}

  /** No statement at all. */
  record Empty() implements BoundStatement {}

  record Checkpoint() implements BoundStatement {}

  /** A backup of all databases. */
  record Backup(String directory, Optional<String> parent, Compression compression)
      implements BoundStatement {}

  /** {@code SET name = value}, {@code SHOW name}: settings the session knows. */
  record SetSetting(String name, Optional<String> value, boolean local) implements BoundStatement {}

  /**
   * @param name absent: all
   */
  record ResetSetting(Optional<String> name) implements BoundStatement {}

  record SetCharacteristics(Optional<IsolationLevel> isolation, Optional<Boolean> readOnly)
      implements BoundStatement {}

  /** What the session itself understands, names and all. */
  record SessionCommand(SessionStatement statement) implements BoundStatement {}

  /**
   * @param constraints as written; empty: all
   */
  record SetConstraints(List<TableName> constraints, boolean deferred) implements BoundStatement {
    public SetConstraints {
      constraints = List.copyOf(constraints);
    }
  }

  /**
   * @param tables as written
   * @param waits for others; else it fails at once
   */
  record LockTable(List<TableName> tables, LockStrength strength, boolean waits)
      implements BoundStatement {
    public LockTable {
      tables = List.copyOf(tables);
    }
  }

  record ShowSetting(String name) implements BoundStatement {}
}
