// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SchemaStatement.IndexColumn;
import io.distdb.sql.ast.SchemaStatement.TableElement;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.ast.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The definition family: sends each statement to its builder; CREATE TABLE, INDEX and VIEW. */
final class DataDefinitionBuilder {
  /** What LIKE … INCLUDING ALL stands for. */
  private static final List<String> LIKE_ALL =
      List.of("comments", "constraints", "defaults", "identity", "indexes");

  /** What LIKE may name besides, and what no table here has. */
  private static final List<String> LIKE_NOTHING =
      List.of("compression", "generated", "statistics", "storage");

  private final QueryBuilder queries;
  private final SourceText text;
  private final ConstraintBuilder constraints;
  private final AlterBuilder alter;

  DataDefinitionBuilder(ExpressionBuilder expressions, QueryBuilder queries, SourceText text) {
    this.queries = queries;
    this.text = text;
    constraints = new ConstraintBuilder(expressions, text);
    alter = new AlterBuilder(expressions, constraints);
  }

  SchemaStatement build(DistDbSqlParser.DefinitionContext context) {
    return switch (context.getChild(0)) {
      case DistDbSqlParser.CreateTableContext create -> createTable(create);
      case DistDbSqlParser.CreateIndexContext create -> createIndex(create);
      case DistDbSqlParser.CreateSequenceContext create -> ObjectBuilder.createSequence(create);
      case DistDbSqlParser.CreateSchemaContext create -> ObjectBuilder.createSchema(create);
      case DistDbSqlParser.CreateViewContext create -> createView(create);
      case DistDbSqlParser.AlterTableContext table -> alter.table(table);
      case DistDbSqlParser.AlterIndexContext index -> AlterBuilder.index(index);
      case DistDbSqlParser.AlterSequenceContext sequence -> ObjectBuilder.alterSequence(sequence);
      case DistDbSqlParser.AlterViewContext view -> AlterBuilder.view(view);
      case DistDbSqlParser.AlterSchemaContext schema -> ObjectBuilder.alterSchema(schema);
      case DistDbSqlParser.DropObjectsContext drop -> ObjectBuilder.drop(drop);
      case DistDbSqlParser.TruncateContext truncate -> ObjectBuilder.truncate(truncate);
      case DistDbSqlParser.CommentOnContext comment -> ObjectBuilder.comment(comment);
      default -> throw Spans.syntaxError(context);
    };
  }

  private SchemaStatement createTable(DistDbSqlParser.CreateTableContext context) {
    Optional<SchemaStatement.Temporary> temporary = TemporaryTables.of(context);
    if (context.OF() != null) {
      throw Spans.unsupported(
          context.PARTITION() != null ? "PARTITION OF" : "a typed table", context.OF());
    }
    context.createTableOption().forEach(DataDefinitionBuilder::check);
    if (context.createTableAs() != null) {
      return createTableAs(context, temporary);
    }
    List<TableElement> elements = new ArrayList<>();
    context.tableElement().forEach(element -> elements.add(element(element)));
    return new SchemaStatement.CreateTable(
        Spans.of(context),
        NameBuilder.table(context.qualifiedName()),
        elements,
        context.IF() != null,
        temporary);
  }

  private static void refuseTemporary(
      DistDbSqlParser.TablePersistenceContext persistence, String what) {
    if (persistence != null) {
      throw Spans.unsupported(persistence.UNLOGGED() != null ? "UNLOGGED" : what, persistence);
    }
  }

  private SchemaStatement createTableAs(
      DistDbSqlParser.CreateTableContext context, Optional<SchemaStatement.Temporary> temporary) {
    DistDbSqlParser.CreateTableAsContext as = context.createTableAs();
    return new SchemaStatement.CreateTableAs(
        Spans.of(context),
        NameBuilder.table(context.qualifiedName()),
        context.nameList() == null ? List.of() : NameBuilder.names(context.nameList()),
        queries.build(as.query()),
        as.NO() == null,
        context.IF() != null,
        temporary);
  }

  private static void check(DistDbSqlParser.CreateTableOptionContext option) {
    if (option.COMMIT() != null) {
      return;
    }
    if (option.WITH() != null) {
      StorageParameters.check(option.balanced());
      return;
    }
    throw Spans.unsupported(
        "table option " + option.getStart().getText().toUpperCase(Locale.ROOT), option);
  }

  private TableElement element(DistDbSqlParser.TableElementContext context) {
    if (context.LIKE() != null) {
      return like(context);
    }
    return context.columnDefinition() != null
        ? constraints.column(context.columnDefinition())
        : constraints.table(
            context.tableConstraint(),
            Optional.ofNullable(context.name()).map(NameBuilder::name),
            context.constraintTiming());
  }

  private static TableElement like(DistDbSqlParser.TableElementContext context) {
    List<String> including = new ArrayList<>();
    for (DistDbSqlParser.LikeOptionContext option : context.likeOption()) {
      List<String> named = LIKE_ALL;
      if (option.ALL() == null) {
        String word = NameBuilder.name(option.name()).text();
        if (!LIKE_ALL.contains(word) && !LIKE_NOTHING.contains(word)) {
          throw Spans.syntaxError(option.name());
        }
        named = List.of(word);
      }
      if (option.INCLUDING() != null) {
        including.addAll(named);
      } else {
        including.removeAll(named);
      }
    }
    return new SchemaStatement.Like(NameBuilder.table(context.qualifiedName()), including);
  }

  // --- views ---

  private SchemaStatement createView(DistDbSqlParser.CreateViewContext context) {
    refuseTemporary(context.tablePersistence(), "a temporary view");
    if (context.RECURSIVE() != null) {
      throw Spans.unsupported("CREATE RECURSIVE VIEW", context.RECURSIVE());
    }
    if (context.OPTION() != null) {
      throw Spans.unsupported("WITH CHECK OPTION", context.OPTION());
    }
    if (!context.balanced().isEmpty()) {
      throw Spans.unsupported("an option of a view", context.balanced(0));
    }
    TableName name = NameBuilder.table(context.qualifiedName());
    List<Name> columns =
        context.nameList() == null ? List.of() : NameBuilder.names(context.nameList());
    Query query = queries.build(context.query());
    SourceSpan span = Spans.of(context);
    return new SchemaStatement.CreateView(
        span, name, columns, text.of(context.query()), query, context.REPLACE() != null);
  }

  // --- indexes ---

  private static SchemaStatement createIndex(DistDbSqlParser.CreateIndexContext context) {
    if (context.CONCURRENTLY() != null) {
      throw Spans.unsupported("CREATE INDEX CONCURRENTLY", context.CONCURRENTLY());
    }
    if (context.ONLY() != null) {
      throw Spans.unsupported("ONLY", context.ONLY());
    }
    context.indexOption().forEach(DataDefinitionBuilder::check);
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

  private static void check(DistDbSqlParser.IndexOptionContext option) {
    if (option.WITH() != null) {
      StorageParameters.check(option.balanced());
      return;
    }
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
    Collations.check(context.collation());
    if (context.operatorClass() != null) {
      throw Spans.unsupported("an operator class", context.operatorClass());
    }
    Optional<Boolean> nullsFirst =
        context.NULLS() == null ? Optional.empty() : Optional.of(context.FIRST() != null);
    return new IndexColumn(NameBuilder.name(context.name()), context.DESC() != null, nullsFirst);
  }
}
