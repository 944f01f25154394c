// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.DataStatement;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.TerminalNode;

/** INSERT, UPDATE, DELETE. */
final class DataManipulationBuilder {
  private final ExpressionBuilder expressions;
  private final QueryBuilder queries;

  DataManipulationBuilder(ExpressionBuilder expressions, QueryBuilder queries) {
    this.expressions = expressions;
    this.queries = queries;
  }

  DataStatement insert(DistDbSqlParser.InsertContext context) {
    return with(context.withClause(), plain(context));
  }

  private DataStatement plain(DistDbSqlParser.InsertContext context) {
    List<Name> columns = new ArrayList<>(context.insertColumn().size());
    context.insertColumn().forEach(column -> columns.add(column(column)));
    Optional<Query> source = Optional.ofNullable(context.query()).map(queries::build);
    Optional<Name> alias = Optional.empty();
    if (context.AS() != null) {
      alias = Optional.of(NameBuilder.name(context.name(0)));
    }
    return new DataStatement.Insert(
        Spans.of(context),
        NameBuilder.table(context.qualifiedName()),
        alias,
        columns,
        source,
        overriding(context),
        Optional.ofNullable(context.onConflict()).map(this::conflict),
        returning(context.returning()));
  }

  private static DataStatement.Overriding overriding(DistDbSqlParser.InsertContext context) {
    if (context.OVERRIDING() == null) {
      return DataStatement.Overriding.NOTHING;
    }
    if (!Spans.token(context.IDENTIFIER()).content().equals("value")) {
      throw SyntaxErrors.at(Spans.token(context.IDENTIFIER()));
    }
    if (context.SESSION_VALUE() != null) {
      SqlToken word = Spans.token(context.SESSION_VALUE());
      if (!word.content().equals("user")) {
        throw SyntaxErrors.at(word);
      }
      return DataStatement.Overriding.USER;
    }
    DistDbSqlParser.NameContext word = context.name().getLast();
    if (!NameBuilder.name(word).text().equals("system")) {
      throw Spans.syntaxError(word);
    }
    return DataStatement.Overriding.SYSTEM;
  }

  private DataStatement.OnConflict conflict(DistDbSqlParser.OnConflictContext context) {
    Optional<DataStatement.ConflictUpdate> update = Optional.empty();
    if (context.UPDATE() != null) {
      List<DataStatement.SetItem> items = new ArrayList<>();
      context.setItem().forEach(item -> set(item, items));
      Optional<Expr> where = Optional.ofNullable(context.expression()).map(expressions::build);
      update = Optional.of(new DataStatement.ConflictUpdate(items, where));
    }
    Optional<DataStatement.ConflictTarget> target =
        Optional.ofNullable(context.conflictTarget()).map(this::target);
    return new DataStatement.OnConflict(Spans.of(context), target, update);
  }

  private DataStatement.ConflictTarget target(DistDbSqlParser.ConflictTargetContext context) {
    if (context.CONSTRAINT() != null) {
      return new DataStatement.ConflictConstraint(
          Spans.of(context), NameBuilder.name(context.name()));
    }
    List<Name> columns = new ArrayList<>(context.conflictColumn().size());
    for (DistDbSqlParser.ConflictColumnContext column : context.conflictColumn()) {
      if (column.name() == null) {
        throw Spans.unsupported("an expression in ON CONFLICT", column);
      }
      if (column.getChildCount() > 1) {
        throw Spans.unsupported("a collation or operator class in ON CONFLICT", column);
      }
      columns.add(NameBuilder.name(column.name()));
    }
    Optional<Expr> where = Optional.ofNullable(context.expression()).map(expressions::build);
    return new DataStatement.ConflictColumns(Spans.of(context), columns, where);
  }

  private List<Query.SelectItem> returning(DistDbSqlParser.ReturningContext context) {
    return context == null ? List.of() : queries.items(context.selectItems());
  }

  private List<Query.FromItem> tables(List<DistDbSqlParser.FromItemContext> contexts) {
    return contexts.isEmpty() ? List.of() : queries.from(contexts);
  }

  private static void refuseOnly(TerminalNode only) {
    if (only != null) {
      throw Spans.unsupported("ONLY", only);
    }
  }

  private static Name column(DistDbSqlParser.InsertColumnContext context) {
    if (context.getChildCount() > 1) {
      throw Spans.unsupported("a part of a column as a target", context);
    }
    return NameBuilder.name(context.name(0));
  }

  DataStatement update(DistDbSqlParser.UpdateContext context) {
    return with(context.withClause(), plain(context));
  }

  private DataStatement plain(DistDbSqlParser.UpdateContext context) {
    refuseOnly(context.ONLY());
    List<DataStatement.SetItem> items = new ArrayList<>();
    context.setItem().forEach(item -> set(item, items));
    return new DataStatement.Update(
        Spans.of(context),
        NameBuilder.table(context.qualifiedName()),
        Optional.ofNullable(context.name()).map(NameBuilder::name),
        items,
        tables(context.fromItem()),
        where(context.whereOrCursor()),
        returning(context.returning()));
  }

  private void set(DistDbSqlParser.SetItemContext context, List<DataStatement.SetItem> items) {
    switch (context) {
      case DistDbSqlParser.SetColumnContext single ->
          items.add(
              new DataStatement.SetItem(
                  column(single.insertColumn()), expressions.build(single.valueOrDefault())));
      case DistDbSqlParser.SetRowContext row -> setRow(row, items);
      default -> throw Spans.syntaxError(context);
    }
  }

  private void setRow(DistDbSqlParser.SetRowContext context, List<DataStatement.SetItem> items) {
    List<Name> columns = NameBuilder.names(context.nameList());
    if (context.setSource().subquery() != null) {
      setSubquery(columns, context.setSource().subquery(), items);
      return;
    }
    List<DistDbSqlParser.ValueOrDefaultContext> values = context.setSource().valueOrDefault();
    if (columns.size() != values.size()) {
      throw new DistDbException(
              ErrorCode.SYNTAX_ERROR, "number of columns does not match number of values")
          .at(Spans.of(context.setSource()).position());
    }
    for (int i = 0; i < columns.size(); i++) {
      items.add(new DataStatement.SetItem(columns.get(i), expressions.build(values.get(i))));
    }
  }

  private void setSubquery(
      List<Name> columns,
      DistDbSqlParser.SubqueryContext subquery,
      List<DataStatement.SetItem> items) {
    Query query = expressions.build(subquery);
    for (int i = 0; i < columns.size(); i++) {
      Expr field = new Expr.SubqueryField(Spans.of(subquery), query, i, columns.size());
      items.add(new DataStatement.SetItem(columns.get(i), field));
    }
  }

  DataStatement delete(DistDbSqlParser.DeleteContext context) {
    return with(context.withClause(), plain(context));
  }

  private DataStatement plain(DistDbSqlParser.DeleteContext context) {
    refuseOnly(context.ONLY());
    return new DataStatement.Delete(
        Spans.of(context),
        NameBuilder.table(context.qualifiedName()),
        Optional.ofNullable(context.name()).map(NameBuilder::name),
        tables(context.fromItem()),
        where(context.whereOrCursor()),
        returning(context.returning()));
  }

  private DataStatement with(DistDbSqlParser.WithClauseContext context, DataStatement statement) {
    return context == null
        ? statement
        : new DataStatement.WithTables(
            statement.span(), WithBuilder.build(context, queries), statement);
  }

  private Optional<Expr> where(DistDbSqlParser.WhereOrCursorContext context) {
    return Optional.ofNullable(context).map(where -> expressions.build(where.expression()));
  }
}
