// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

import java.util.List;
import java.util.Optional;

/** CREATE, ALTER and DROP, TRUNCATE, ANALYZE, COMMENT ON: what changes the catalog. */
public sealed interface SchemaStatement extends Statement {
  // --- tables ---

  /** A table of one session. */
  record Temporary(OnCommit onCommit) {}

  /** What becomes of a temporary table at the end of a transaction. */
  enum OnCommit {
    PRESERVE_ROWS,
    DELETE_ROWS,
    DROP
  }

  /**
   * @param likes tables whose columns are copied
   */
  record CreateTable(
      SourceSpan span,
      TableName table,
      List<TableElement> elements,
      boolean ifNotExists,
      Optional<Temporary> temporary)
      implements SchemaStatement {
    public CreateTable {
      elements = List.copyOf(elements);
    }
  }

  /** What stands between the parentheses of CREATE TABLE. */
  sealed interface TableElement {}

  /**
   * {@code COLLATE}.
   *
   * @param name empty for {@code default}
   */
  record Collation(SourceSpan span, String name) {}

  /** Each constraint is listed as often as it was written. */
  record ColumnDefinition(
      Name name, TypeName type, Optional<Collation> collation, List<ColumnConstraint> constraints)
      implements TableElement {
    public ColumnDefinition {
      constraints = List.copyOf(constraints);
    }
  }

  /**
   * {@code LIKE table}.
   *
   * @param including what is copied beside names, types and NOT NULL: folded words, such as {@code
   *     defaults}, {@code constraints}, {@code indexes}, {@code identity}, {@code comments}
   */
  record Like(TableName table, List<String> including) implements TableElement {
    public Like {
      including = List.copyOf(including);
    }
  }

  sealed interface ColumnConstraint {
    SourceSpan span();
  }

  record Nullability(SourceSpan span, boolean notNull) implements ColumnConstraint {}

  /**
   * @param text as it was written: what the catalog keeps
   */
  record Default(SourceSpan span, String text, Expr value) implements ColumnConstraint {}

  record Identity(SourceSpan span, boolean always, List<SequenceOption> options)
      implements ColumnConstraint {
    public Identity {
      options = List.copyOf(options);
    }
  }

  /** A constraint that a table can have; one of a column names that column. */
  sealed interface TableConstraint extends ColumnConstraint, TableElement {
    Optional<Name> name();
  }

  record Key(
      SourceSpan span, Optional<Name> name, boolean primary, List<Name> columns, Timing timing)
      implements TableConstraint {
    public Key {
      columns = List.copyOf(columns);
    }
  }

  /**
   * @param text as it was written, without its parentheses
   */
  record Check(SourceSpan span, Optional<Name> name, String text, Expr condition)
      implements TableConstraint {}

  /**
   * @param referenced empty: the primary key
   */
  record ForeignKey(
      SourceSpan span,
      Optional<Name> name,
      List<Name> columns,
      TableName table,
      List<Name> referenced,
      boolean matchFull,
      ReferenceAction onDelete,
      ReferenceAction onUpdate,
      Timing timing)
      implements TableConstraint {
    public ForeignKey {
      columns = List.copyOf(columns);
      referenced = List.copyOf(referenced);
    }
  }

  enum ReferenceAction {
    NO_ACTION,
    RESTRICT,
    CASCADE,
    SET_NULL,
    SET_DEFAULT
  }

  /** When a constraint is checked. */
  record Timing(boolean deferrable, boolean initiallyDeferred, boolean notValid) {
    public static final Timing AT_ONCE = new Timing(false, false, false);
  }

  /** CREATE TABLE AS and SELECT INTO. */
  record CreateTableAs(
      SourceSpan span,
      TableName table,
      List<Name> columns,
      Query query,
      boolean withData,
      boolean ifNotExists,
      Optional<Temporary> temporary)
      implements SchemaStatement {
    public CreateTableAs {
      columns = List.copyOf(columns);
    }
  }

  /** Several actions, done in order. */
  record AlterTable(SourceSpan span, TableName table, boolean ifExists, List<AlterAction> actions)
      implements SchemaStatement {
    public AlterTable {
      actions = List.copyOf(actions);
    }
  }

  sealed interface AlterAction {}

  record AddColumn(ColumnDefinition column, boolean ifNotExists) implements AlterAction {}

  record AddConstraint(TableConstraint constraint) implements AlterAction {}

  record DropColumn(Name column, boolean ifExists, boolean cascade) implements AlterAction {}

  record DropConstraint(Name constraint, boolean ifExists, boolean cascade)
      implements AlterAction {}

  record AlterType(
      Name column, TypeName type, Optional<Collation> collation, Optional<Default> using)
      implements AlterAction {}

  /** Absent: DROP DEFAULT. */
  record SetDefault(Name column, Optional<Default> value) implements AlterAction {}

  record SetNotNull(Name column, boolean notNull) implements AlterAction {}

  record AddIdentity(Name column, Identity identity) implements AlterAction {}

  record AlterIdentity(Name column, Optional<Boolean> always, List<SequenceOption> options)
      implements AlterAction {
    public AlterIdentity {
      options = List.copyOf(options);
    }
  }

  record DropIdentity(Name column, boolean ifExists) implements AlterAction {}

  record ValidateConstraint(Name constraint) implements AlterAction {}

  /** There are no roles yet: any name is taken, and nothing changes. */
  record OwnerTo(RoleName owner) implements AlterAction {}

  record RenameColumn(Name from, Name to) implements AlterAction {}

  record RenameConstraint(Name from, Name to) implements AlterAction {}

  // --- every kind of object ---

  enum ObjectKind {
    TABLE,
    INDEX,
    SEQUENCE,
    VIEW,
    SCHEMA;

    /** As error messages say it. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** {@code ALTER kind … RENAME TO}. */
  record Rename(SourceSpan span, ObjectKind kind, TableName object, Name to, boolean ifExists)
      implements SchemaStatement {}

  /** {@code ALTER kind … SET SCHEMA}. */
  record SetSchema(
      SourceSpan span, ObjectKind kind, TableName object, Name schema, boolean ifExists)
      implements SchemaStatement {}

  /** {@code ALTER kind … OWNER TO}; TABLE may be a view or a sequence, as pg_dump writes it. */
  record SetOwner(
      SourceSpan span, ObjectKind kind, TableName object, RoleName owner, boolean ifExists)
      implements SchemaStatement {}

  /** DROP of everything but indexes. */
  record DropObjects(
      SourceSpan span, ObjectKind kind, List<TableName> names, boolean ifExists, boolean cascade)
      implements SchemaStatement {
    public DropObjects {
      names = List.copyOf(names);
    }
  }

  // --- indexes ---

  /**
   * @param method {@code btree} or whatever else was written
   */
  record CreateIndex(
      SourceSpan span,
      Optional<Name> name,
      TableName table,
      Optional<Name> method,
      List<IndexColumn> columns,
      boolean unique,
      boolean ifNotExists)
      implements SchemaStatement {
    public CreateIndex {
      columns = List.copyOf(columns);
    }
  }

  record IndexColumn(Name column, boolean descending, Optional<Boolean> nullsFirst) {}

  /**
   * @param table of the heritage form {@code DROP INDEX name ON table}
   */
  record DropIndex(
      SourceSpan span,
      List<TableName> indexes,
      Optional<TableName> table,
      boolean ifExists,
      boolean cascade)
      implements SchemaStatement {
    public DropIndex {
      indexes = List.copyOf(indexes);
    }
  }

  // --- sequences, schemas, views ---

  record CreateSequence(
      SourceSpan span, TableName name, List<SequenceOption> options, boolean ifNotExists)
      implements SchemaStatement {
    public CreateSequence {
      options = List.copyOf(options);
    }
  }

  record AlterSequence(
      SourceSpan span, TableName name, List<SequenceOption> options, boolean ifExists)
      implements SchemaStatement {
    public AlterSequence {
      options = List.copyOf(options);
    }
  }

  sealed interface SequenceOption {}

  record SequenceType(TypeName type) implements SequenceOption {}

  record IncrementBy(long value) implements SequenceOption {}

  /** Absent: NO MINVALUE. */
  record MinValue(Optional<Long> value) implements SequenceOption {}

  /** Absent: NO MAXVALUE. */
  record MaxValue(Optional<Long> value) implements SequenceOption {}

  record StartWith(long value) implements SequenceOption {}

  /** Absent: at the start value. */
  record RestartWith(Optional<Long> value) implements SequenceOption {}

  record CacheSize(long value) implements SequenceOption {}

  record Cycle(boolean cycles) implements SequenceOption {}

  /** Absent: OWNED BY NONE. */
  record OwnedBy(Optional<TableName> table, Optional<Name> column) implements SequenceOption {}

  /** Of the sequence that an identity column brings. */
  record SequenceName(TableName name) implements SequenceOption {}

  /**
   * @param name absent: the owner's
   * @param owner absent: the role that creates it
   */
  record CreateSchema(
      SourceSpan span, Optional<Name> name, Optional<RoleName> owner, boolean ifNotExists)
      implements SchemaStatement {}

  /**
   * @param text the query as it was written
   */
  record CreateView(
      SourceSpan span,
      TableName name,
      List<Name> columns,
      String text,
      Query query,
      boolean orReplace)
      implements SchemaStatement {
    public CreateView {
      columns = List.copyOf(columns);
    }
  }

  /** {@code ALTER VIEW … RENAME COLUMN}. */
  record RenameViewColumn(SourceSpan span, TableName view, Name from, Name to, boolean ifExists)
      implements SchemaStatement {}

  // --- the rest ---

  record Truncate(SourceSpan span, List<TableName> tables, boolean restartIdentity, boolean cascade)
      implements SchemaStatement {
    public Truncate {
      tables = List.copyOf(tables);
    }
  }

  /**
   * ANALYZE and VACUUM.
   *
   * @param targets empty: every table
   */
  record Analyze(SourceSpan span, Upkeep upkeep, List<AnalyzeTarget> targets, boolean verbose)
      implements SchemaStatement {
    public Analyze {
      targets = List.copyOf(targets);
    }
  }

  /** What is done to tables. */
  enum Upkeep {
    ANALYZE,
    VACUUM,
    VACUUM_ANALYZE
  }

  /**
   * @param columns empty: all
   */
  record AnalyzeTarget(TableName table, List<Name> columns) {
    public AnalyzeTarget {
      columns = List.copyOf(columns);
    }
  }

  /**
   * {@code COMMENT ON}.
   *
   * @param member a column or constraint of {@code object}
   * @param text absent: the comment goes
   */
  record Comment(
      SourceSpan span,
      CommentKind kind,
      TableName object,
      Optional<Name> member,
      Optional<String> text)
      implements SchemaStatement {}

  enum CommentKind {
    TABLE,
    INDEX,
    SEQUENCE,
    VIEW,
    SCHEMA,
    COLUMN,
    CONSTRAINT
  }
}
