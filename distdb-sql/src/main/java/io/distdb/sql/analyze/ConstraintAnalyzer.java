// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.ReferenceAction;
import io.distdb.sql.catalog.Schema;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.logical.BoundStatement.NewCheck;
import io.distdb.sql.logical.BoundStatement.NewConstraint;
import io.distdb.sql.logical.BoundStatement.NewForeignKey;
import io.distdb.sql.logical.BoundStatement.NewKey;
import io.distdb.sql.logical.Expression;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Constraints of a table that is being created or altered. */
final class ConstraintAnalyzer {
  /**
   * The table that the constraints are for.
   *
   * @param keys column sets that are unique in it, the primary key first when it has one
   */
  record Subject(
      String schema,
      String name,
      List<TableColumn> columns,
      Optional<List<Integer>> primaryKey,
      List<List<Integer>> keys) {
    static Subject of(Table table) {
      List<List<Integer>> keys = new ArrayList<>();
      if (!table.hasRowId()) {
        keys.add(table.primaryKey());
      }
      for (IndexDefinition index : table.indexes()) {
        if (index.unique()) {
          keys.add(index.parts().stream().map(IndexDefinition.Part::ordinal).toList());
        }
      }
      return new Subject(
          table.schema(),
          table.name(),
          table.columns(),
          table.hasRowId() ? Optional.empty() : Optional.of(table.primaryKey()),
          keys);
    }

    int ordinalOf(String column) {
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).name().equals(column)) {
          return i;
        }
      }
      return -1;
    }
  }

  private final StatementContext context;
  private final Subject subject;

  ConstraintAnalyzer(StatementContext context, Subject subject) {
    this.context = context;
    this.subject = subject;
  }

  NewConstraint analyze(SchemaStatement.TableConstraint constraint) {
    Optional<String> name = constraint.name().map(Name::text);
    return switch (constraint) {
      case SchemaStatement.Key key -> new NewKey(name, key.primary(), keyColumns(subject, key));
      case SchemaStatement.Check check -> {
        CheckConditions conditions =
            new CheckConditions(subject.name(), subject.columns(), context);
        Expression condition = conditions.analyze(check.condition());
        yield new NewCheck(name, conditions.columns(condition), check.text());
      }
      case SchemaStatement.ForeignKey key -> foreignKey(name, key);
    };
  }

  /** The columns of a primary key or unique constraint. */
  static List<Integer> keyColumns(Subject subject, SchemaStatement.Key key) {
    List<Integer> ordinals = new ArrayList<>(key.columns().size());
    for (Name column : key.columns()) {
      int ordinal = subject.ordinalOf(column.text());
      if (ordinal < 0) {
        throw new DistDbException(
                ErrorCode.UNDEFINED_COLUMN, "column \"" + column + "\" named in key does not exist")
            .at(column.span().position());
      }
      if (ordinals.contains(ordinal)) {
        throw new DistDbException(
                ErrorCode.DUPLICATE_COLUMN,
                "column \""
                    + column
                    + "\" appears twice in "
                    + (key.primary() ? "primary key" : "unique")
                    + " constraint")
            .at(column.span().position());
      }
      ordinals.add(ordinal);
    }
    if (ordinals.size() > IndexAnalyzer.INDEX_COLUMNS_MAX) {
      throw new DistDbException(
              ErrorCode.TOO_MANY_COLUMNS,
              "cannot use more than " + IndexAnalyzer.INDEX_COLUMNS_MAX + " columns in an index")
          .at(key.span().position());
    }
    return ordinals;
  }

  // --- foreign keys ---

  /** A foreign key goes from temporary to temporary tables, or from lasting to lasting ones. */
  private void refuseOtherLifetime(SchemaStatement.ForeignKey key, Table referenced) {
    boolean temporary = Schema.isTemporary(subject.schema());
    if (temporary != Schema.isTemporary(referenced.schema())) {
      String kind = temporary ? "temporary" : "permanent";
      throw new DistDbException(
              ErrorCode.INVALID_TABLE_DEFINITION,
              "constraints on " + kind + " tables may reference only " + kind + " tables")
          .at(key.span().position());
    }
  }

  private NewConstraint foreignKey(Optional<String> name, SchemaStatement.ForeignKey key) {
    List<Integer> columns = new ArrayList<>();
    for (Name column : key.columns()) {
      columns.add(referencing(subject, column));
    }
    Optional<Table> referenced = context.names().table(key.table());
    boolean self = isSelf(key, referenced);
    if (!self && referenced.isEmpty()) {
      throw Tables.undefined(key.table(), context.catalog());
    }
    if (!self) {
      refuseOtherLifetime(key, referenced.get());
    }
    Subject target = self ? subject : Subject.of(referenced.get());
    List<Integer> targets = referenced(key, target);
    if (columns.size() != targets.size()) {
      throw new DistDbException(
              ErrorCode.INVALID_FOREIGN_KEY,
              "number of referencing and referenced columns for foreign key disagree")
          .at(key.span().position());
    }
    checkTypes(key, columns, target, targets);
    return new NewForeignKey(
        name,
        columns,
        self ? Optional.empty() : referenced,
        targets,
        key.matchFull(),
        ReferenceAction.valueOf(key.onDelete().name()),
        ReferenceAction.valueOf(key.onUpdate().name()),
        key.timing().deferrable(),
        key.timing().initiallyDeferred(),
        key.timing().notValid());
  }

  private boolean isSelf(SchemaStatement.ForeignKey key, Optional<Table> referenced) {
    if (referenced.isPresent()) {
      return referenced.get().schema().equals(subject.schema())
          && referenced.get().name().equals(subject.name());
    }
    return key.table().name().text().equals(subject.name())
        && key.table().schema().map(Name::text).orElse(subject.schema()).equals(subject.schema());
  }

  private static int referencing(Subject table, Name column) {
    int ordinal = table.ordinalOf(column.text());
    if (ordinal < 0) {
      throw new DistDbException(
              ErrorCode.UNDEFINED_COLUMN,
              "column \"" + column + "\" referenced in foreign key constraint does not exist")
          .at(column.span().position());
    }
    return ordinal;
  }

  private List<Integer> referenced(SchemaStatement.ForeignKey key, Subject target) {
    SourceSpan span = key.table().span();
    if (key.referenced().isEmpty()) {
      return target
          .primaryKey()
          .orElseThrow(() ->
              new DistDbException(
                      ErrorCode.UNDEFINED_OBJECT,
                      "there is no primary key for referenced table \"" + target.name() + "\"")
                  .at(span.position()));
    }
    List<Integer> targets = new ArrayList<>();
    for (Name column : key.referenced()) {
      targets.add(referencing(target, column));
    }
    for (List<Integer> unique : target.keys()) {
      if (unique.size() == targets.size() && new HashSet<>(unique).equals(new HashSet<>(targets))) {
        return targets;
      }
    }
    throw new DistDbException(
            ErrorCode.INVALID_FOREIGN_KEY,
            "there is no unique constraint matching given keys for referenced table \""
                + target.name()
                + "\"")
        .at(span.position());
  }

  private void checkTypes(
      SchemaStatement.ForeignKey key,
      List<Integer> columns,
      Subject target,
      List<Integer> targets) {
    for (int i = 0; i < columns.size(); i++) {
      TableColumn own = subject.columns().get(columns.get(i));
      TableColumn other = target.columns().get(targets.get(i));
      if (!ForeignKeyTypes.comparable(own.type(), other.type())) {
        throw incomparable(key, own, other).at(key.span().position());
      }
    }
  }

  /** PostgreSQL compares the numbers among each other, and so on; bytes of keys cannot. */
  private static DistDbException incomparable(
      SchemaStatement.ForeignKey key, TableColumn own, TableColumn other) {
    String types = own.type().sqlName() + " and " + other.type().sqlName();
    if (ForeignKeyTypes.alike(own.type(), other.type())) {
      return new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "a foreign key between " + types + " is not supported yet");
    }
    return new DistDbException(
            ErrorCode.DATATYPE_MISMATCH,
            "foreign key constraint"
                + key.name().map(name -> " \"" + name + "\"").orElse("")
                + " cannot be implemented")
        .withDetail(
            "Key columns \""
                + own.name()
                + "\" and \""
                + other.name()
                + "\" are of incompatible types: "
                + types
                + ".");
  }

  /** Which types a foreign key can compare: keys of both must have the same bytes, or be whole. */
  static final class ForeignKeyTypes {
    private static final List<String> WHOLE = List.of("smallint", "integer", "bigint");

    private static final List<String> TEXTS = List.of("text", "character varying");

    private ForeignKeyTypes() {}

    static boolean comparable(SqlType left, SqlType right) {
      String one = base(left);
      String other = base(right);
      return one.equals(other)
          || WHOLE.contains(one) && WHOLE.contains(other)
          || TEXTS.contains(one) && TEXTS.contains(other);
    }

    /** Whether PostgreSQL would compare them. */
    static boolean alike(SqlType left, SqlType right) {
      TypeCategory category = TypeCategory.of(left);
      return category == TypeCategory.of(right)
              && (category == TypeCategory.NUMBER || category == TypeCategory.STRING)
          || category == TypeCategory.DATE_TIME
              && TypeCategory.of(right) == category
              && !left.unmodified().equals(SqlType.TIME)
              && !right.unmodified().equals(SqlType.TIME);
    }

    private static String base(SqlType type) {
      int modifiers = type.sqlName().indexOf('(');
      return modifiers < 0 ? type.sqlName() : type.sqlName().substring(0, modifiers).strip();
    }
  }
}
