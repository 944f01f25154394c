// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.ColumnConstraint;
import io.distdb.sql.ast.SchemaStatement.ColumnConstraintKind;
import io.distdb.sql.ast.SchemaStatement.ColumnDefinition;
import io.distdb.sql.ast.SchemaStatement.IndexColumn;
import io.distdb.sql.ast.SchemaStatement.PrimaryKey;
import io.distdb.sql.ast.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** CREATE and DROP of tables and indexes. */
final class DataDefinitionBuilder {
  private DataDefinitionBuilder() {}

  static SchemaStatement createTable(DistDbSqlParser.CreateTableContext context) {
    if (context.tablePersistence() != null) {
      throw Spans.unsupported(
          context.tablePersistence().UNLOGGED() != null ? "UNLOGGED" : "a temporary table",
          context.tablePersistence());
    }
    if (context.createTableAs() != null) {
      throw Spans.unsupported("CREATE TABLE AS", context.createTableAs());
    }
    if (context.OF() != null) {
      throw Spans.unsupported(
          context.PARTITION() != null ? "PARTITION OF" : "a typed table", context.OF());
    }
    context.createTableOption().stream().findFirst().ifPresent(DataDefinitionBuilder::refuse);
    List<ColumnDefinition> columns = new ArrayList<>();
    List<PrimaryKey> keys = new ArrayList<>();
    context.tableElement().forEach(element -> element(element, columns, keys));
    return new SchemaStatement.CreateTable(
        Spans.of(context),
        NameBuilder.table(context.qualifiedName()),
        columns,
        keys,
        context.IF() != null);
  }

  private static void refuse(DistDbSqlParser.CreateTableOptionContext option) {
    throw Spans.unsupported(
        "table option " + option.getStart().getText().toUpperCase(Locale.ROOT), option);
  }

  private static void element(
      DistDbSqlParser.TableElementContext context,
      List<ColumnDefinition> columns,
      List<PrimaryKey> keys) {
    if (context.LIKE() != null) {
      throw Spans.unsupported("CREATE TABLE … LIKE", context.LIKE());
    }
    if (context.columnDefinition() != null) {
      columns.add(column(context.columnDefinition()));
      return;
    }
    if (context.CONSTRAINT() != null) {
      throw Spans.unsupported("a named constraint", context.CONSTRAINT());
    }
    if (context.tableConstraint() instanceof DistDbSqlParser.PrimaryKeyContext key) {
      key.constraintTiming().forEach(DataDefinitionBuilder::refuse);
      keys.add(new PrimaryKey(Spans.of(key), NameBuilder.names(key.nameList())));
      return;
    }
    String first = context.tableConstraint().getStart().getText().toUpperCase(Locale.ROOT);
    throw Spans.unsupported(
        first.equals("FOREIGN") ? "FOREIGN KEY" : first + " constraint", context.tableConstraint());
  }

  private static void refuse(DistDbSqlParser.ConstraintTimingContext timing) {
    if (timing.NOT() == null) {
      throw Spans.unsupported("a deferrable constraint", timing);
    }
  }

  private static ColumnDefinition column(DistDbSqlParser.ColumnDefinitionContext context) {
    if (context.COLLATE() != null) {
      throw Spans.unsupported("COLLATE", context.COLLATE());
    }
    List<ColumnConstraint> constraints = new ArrayList<>();
    context.columnConstraint().forEach(constraint -> constraint(constraint, constraints));
    return new ColumnDefinition(
        NameBuilder.name(context.name()), NameBuilder.type(context.typeName()), constraints);
  }

  private static void constraint(
      DistDbSqlParser.ColumnConstraintContext context, List<ColumnConstraint> constraints) {
    if (context.constraintTiming() != null) {
      refuse(context.constraintTiming());
      return;
    }
    String unsupported = unsupported(context);
    if (unsupported != null) {
      throw Spans.unsupported(unsupported, context);
    }
    if (context.CONSTRAINT() != null) {
      throw Spans.unsupported("a named constraint", context.CONSTRAINT());
    }
    ColumnConstraintKind kind =
        context.PRIMARY() != null
            ? ColumnConstraintKind.PRIMARY_KEY
            : context.NOT() != null ? ColumnConstraintKind.NOT_NULL : ColumnConstraintKind.NULL;
    constraints.add(new ColumnConstraint(Spans.of(context), kind));
  }

  private static String unsupported(DistDbSqlParser.ColumnConstraintContext context) {
    if (context.UNIQUE() != null) {
      return "UNIQUE constraint";
    }
    if (context.DEFAULT() != null) {
      return "DEFAULT of a column";
    }
    if (context.CHECK() != null) {
      return "CHECK constraint";
    }
    if (context.REFERENCES() != null) {
      return "FOREIGN KEY";
    }
    return context.GENERATED() != null ? "GENERATED column" : null;
  }

  static SchemaStatement dropTable(DistDbSqlParser.DropTableContext context) {
    refuseCascade(context.dropBehavior());
    List<TableName> tables = new ArrayList<>(context.qualifiedName().size());
    context.qualifiedName().forEach(name -> tables.add(NameBuilder.table(name)));
    return new SchemaStatement.DropTable(Spans.of(context), tables, context.IF() != null);
  }

  /** Nothing depends on tables and indexes yet, so RESTRICT says nothing new. */
  private static void refuseCascade(DistDbSqlParser.DropBehaviorContext behavior) {
    if (behavior != null && behavior.CASCADE() != null) {
      throw Spans.unsupported("CASCADE", behavior);
    }
  }

  static SchemaStatement createIndex(DistDbSqlParser.CreateIndexContext context) {
    if (context.CONCURRENTLY() != null) {
      throw Spans.unsupported("CREATE INDEX CONCURRENTLY", context.CONCURRENTLY());
    }
    if (context.ONLY() != null) {
      throw Spans.unsupported("ONLY", context.ONLY());
    }
    context.indexOption().stream().findFirst().ifPresent(DataDefinitionBuilder::refuse);
    if (context.before != null && context.after != null) {
      throw Spans.syntaxError(context.after);
    }
    DistDbSqlParser.NameContext method = context.before != null ? context.before : context.after;
    // the index name is the first name, unless the first is the method
    Optional<Name> name =
        context.name().stream()
            .filter(candidate -> candidate != context.before && candidate != context.after)
            .findFirst()
            .map(NameBuilder::name);
    List<IndexColumn> columns = new ArrayList<>(context.indexColumn().size());
    context.indexColumn().forEach(column -> columns.add(indexColumn(column)));
    return new SchemaStatement.CreateIndex(
        Spans.of(context),
        name,
        NameBuilder.table(context.qualifiedName()),
        Optional.ofNullable(method).map(NameBuilder::name),
        columns,
        context.UNIQUE() != null,
        context.IF() != null);
  }

  private static void refuse(DistDbSqlParser.IndexOptionContext option) {
    String feature =
        option.WHERE() != null
            ? "a partial index"
            : "index option " + option.getStart().getText().toUpperCase(Locale.ROOT);
    throw Spans.unsupported(feature, option);
  }

  private static IndexColumn indexColumn(DistDbSqlParser.IndexColumnContext context) {
    if (context.name() == null) {
      throw Spans.unsupported("an index over an expression", context);
    }
    if (context.COLLATE() != null) {
      throw Spans.unsupported("COLLATE", context.COLLATE());
    }
    if (context.operatorClass() != null) {
      throw Spans.unsupported("an operator class", context.operatorClass());
    }
    Optional<Boolean> nullsFirst =
        context.NULLS() == null ? Optional.empty() : Optional.of(context.FIRST() != null);
    return new IndexColumn(NameBuilder.name(context.name()), context.DESC() != null, nullsFirst);
  }

  static SchemaStatement dropIndex(DistDbSqlParser.DropIndexContext context) {
    if (context.CONCURRENTLY() != null) {
      throw Spans.unsupported("DROP INDEX CONCURRENTLY", context.CONCURRENTLY());
    }
    refuseCascade(context.dropBehavior());
    List<TableName> indexes = new ArrayList<>();
    context.qualifiedName().stream()
        .filter(name -> name != context.table)
        .forEach(name -> indexes.add(NameBuilder.table(name)));
    return new SchemaStatement.DropIndex(
        Spans.of(context),
        indexes,
        Optional.ofNullable(context.table).map(NameBuilder::table),
        context.IF() != null);
  }
}
