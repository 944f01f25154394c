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

  DataStatement.Insert insert(DistDbSqlParser.InsertContext context) {
    QueryBuilder.refuseWith(context.withClause());
    if (context.OVERRIDING() != null) {
      throw Spans.unsupported("OVERRIDING", context.OVERRIDING());
    }
    List<Name> columns = new ArrayList<>(context.insertColumn().size());
    context.insertColumn().forEach(column -> columns.add(column(column)));
    Optional<Query> source = Optional.ofNullable(context.query()).map(queries::build);
    if (context.onConflict() != null) {
      throw Spans.unsupported("ON CONFLICT", context.onConflict());
    }
    refuseReturning(context.returning());
    Optional<Name> alias = Optional.empty();
    if (context.AS() != null) {
      alias = Optional.of(NameBuilder.name(context.name(0)));
    }
    return new DataStatement.Insert(
        Spans.of(context), NameBuilder.table(context.qualifiedName()), alias, columns, source);
  }

  private static void refuseReturning(DistDbSqlParser.ReturningContext returning) {
    if (returning != null) {
      throw Spans.unsupported("RETURNING", returning.RETURNING());
    }
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

  DataStatement.Update update(DistDbSqlParser.UpdateContext context) {
    QueryBuilder.refuseWith(context.withClause());
    refuseOnly(context.ONLY());
    List<DataStatement.SetItem> items = new ArrayList<>();
    context.setItem().forEach(item -> set(item, items));
    if (context.FROM() != null) {
      throw Spans.unsupported("UPDATE … FROM", context.FROM());
    }
    Optional<Expr> where = where(context.whereOrCursor());
    refuseReturning(context.returning());
    return new DataStatement.Update(
        Spans.of(context),
        NameBuilder.table(context.qualifiedName()),
        Optional.ofNullable(context.name()).map(NameBuilder::name),
        items,
        where);
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

  DataStatement.Delete delete(DistDbSqlParser.DeleteContext context) {
    QueryBuilder.refuseWith(context.withClause());
    refuseOnly(context.ONLY());
    if (context.USING() != null) {
      throw Spans.unsupported("DELETE … USING", context.USING());
    }
    Optional<Expr> where = where(context.whereOrCursor());
    refuseReturning(context.returning());
    return new DataStatement.Delete(
        Spans.of(context),
        NameBuilder.table(context.qualifiedName()),
        Optional.ofNullable(context.name()).map(NameBuilder::name),
        where);
  }

  private Optional<Expr> where(DistDbSqlParser.WhereOrCursorContext context) {
    return Optional.ofNullable(context).map(where -> expressions.build(where.expression()));
  }
}
