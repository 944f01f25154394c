// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.logical.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The list between SELECT and FROM. */
final class SelectList {
  /** As in PostgreSQL; ORDER BY is held to it as well. */
  static final int COLUMNS_MAX = 1_664;

  private final StatementContext context;
  private final Scope scope;
  private final ExpressionAnalyzer expressions;
  private final boolean keepsUnknown;

  /**
   * @param keepsUnknown whether constants of unknown type wait for what they are combined with
   */
  SelectList(
      StatementContext context, Scope scope, ExpressionAnalyzer expressions, boolean keepsUnknown) {
    this.keepsUnknown = keepsUnknown;
    this.context = context;
    this.scope = scope;
    this.expressions = expressions;
  }

  /**
   * @param targets types of the columns that the rows go into; unknown constants adopt them. Empty
   *     for a query of its own
   */
  List<OutputColumn> analyze(List<Query.SelectItem> items, List<SqlType> targets) {
    List<OutputColumn> columns = new ArrayList<>();
    for (Query.SelectItem item : items) {
      switch (item) {
        case Query.Star star -> star(star, columns);
        case Query.FieldsStar star -> fields(star, columns);
        case Query.Item value -> {
          Optional<SqlType> target =
              columns.size() < targets.size()
                  ? Optional.of(targets.get(columns.size()))
                  : Optional.empty();
          columns.add(item(value, target));
        }
      }
    }
    if (columns.size() > COLUMNS_MAX) {
      throw tooMany("the select list", columns.size(), columns.get(COLUMNS_MAX).span());
    }
    return columns;
  }

  static DistDbException tooMany(String list, int size, SourceSpan span) {
    return new DistDbException(
            ErrorCode.TOO_MANY_COLUMNS,
            list + " has " + size + " entries; it can have at most " + COLUMNS_MAX)
        .at(span.position());
  }

  private void star(Query.Star star, List<OutputColumn> columns) {
    if (star.table().isEmpty() && scope.tables().isEmpty()) {
      throw new DistDbException(
              ErrorCode.SYNTAX_ERROR, "SELECT * with no tables specified is not valid")
          .at(star.span().position());
    }
    List<ScopeColumn> named =
        star.table()
            .map(table -> scope.requireTable(star.schema(), table, star.span()).columns())
            .orElse(scope.columns());
    for (ScopeColumn column : named) {
      columns.add(new OutputColumn(column.name(), column.at(star.span(), context), star.span()));
    }
  }

  private void fields(Query.FieldsStar star, List<OutputColumn> columns) {
    Expression row = expressions.settled(star.row());
    if (!(row.type() instanceof RowType type)) {
      throw new DistDbException(
              ErrorCode.WRONG_OBJECT_TYPE,
              "type " + row.type().unmodified().sqlName() + " is not composite")
          .at(star.span().position());
    }
    List<Expression> fields = RowValues.fields(row);
    for (int i = 0; i < fields.size(); i++) {
      columns.add(new OutputColumn(type.fields().get(i).name(), fields.get(i), star.span()));
    }
  }

  private OutputColumn item(Query.Item item, Optional<SqlType> target) {
    Operand operand = expressions.operand(item.expression());
    String name = item.alias().map(Name::text).orElseGet(() -> heading(item.expression()));
    if (keepsUnknown && operand.isUnknown()) {
      Expression open = new Expression.Literal(Value.NULL, SqlType.TEXT);
      return new OutputColumn(name, open, item.expression().span(), Optional.of(operand));
    }
    boolean adopts = operand.type() == null && target.isPresent();
    Expression expression =
        adopts
            ? expressions.coercion().explicit(operand, target.get(), operand.span())
            : expressions.coercion().settle(operand);
    return new OutputColumn(name, expression, item.expression().span());
  }

  /** The name PostgreSQL gives to a column without one. */
  static String heading(Expr expr) {
    return named(expr).orElse("?column?");
  }

  private static Optional<String> named(Expr expr) {
    return switch (expr) {
      case Expr.Column column -> Optional.of(column.name().text());
      case Expr.Call call -> Optional.of(call.function().text());
      case Expr.Grouping grouping -> Optional.of("grouping");
      case Expr.Coalesce coalesce -> Optional.of("coalesce");
      case Expr.NullIf nullIf -> Optional.of("nullif");
      case Expr.Case choice ->
          Optional.of(choice.otherwise().flatMap(SelectList::named).orElse("case"));
      case Expr.Cast cast ->
          Optional.of(
              named(cast.operand()).orElseGet(() -> TypeNames.resolve(cast.type()).shortName()));
      case Expr.Null constant -> Optional.empty();
      case Expr.BooleanConstant constant -> Optional.empty();
      case Expr.NumberConstant constant -> Optional.empty();
      case Expr.StringConstant constant -> Optional.empty();
      case Expr.Lifted lifted -> Optional.empty();
      case Expr.Parameter parameter -> Optional.empty();
      case Expr.Unary unary -> Optional.empty();
      case Expr.Binary binary -> Optional.empty();
      case Expr.And and -> Optional.empty();
      case Expr.Or or -> Optional.empty();
      case Expr.Not not -> Optional.empty();
      case Expr.IsNull test -> Optional.empty();
      case Expr.IsTruth test -> Optional.empty();
      case Expr.IsDistinct test -> Optional.empty();
      case Expr.Between between -> Optional.empty();
      case Expr.InList in -> Optional.empty();
      case Expr.Like like -> Optional.empty();
      case Expr.Row row -> Optional.of("row");
      case Expr.Field field -> Optional.of(field.name().text());
      case Expr.Exists exists -> Optional.of("exists");
      case Expr.ScalarSubquery scalar -> named(scalar.query());
      case Expr.SubqueryField field -> Optional.empty();
      case Expr.InSubquery in -> Optional.empty();
      case Expr.Quantified quantified -> Optional.empty();
      case Expr.QuantifiedArray quantified -> Optional.empty();
      case Expr.Array array -> Optional.of("array");
      case Expr.Subscript subscript -> named(subscript.operand());
      case Expr.ArraySubquery array -> Optional.of("array");
      case Expr.Default none -> Optional.empty();
    };
  }

  /** A subquery is called as its first column is. */
  private static Optional<String> named(Query query) {
    return switch (query.body()) {
      case Query.Select select ->
          !select.items().isEmpty() && select.items().getFirst() instanceof Query.Item item
              ? item.alias().map(Name::text).or(() -> named(item.expression()))
              : Optional.empty();
      case Query.Values values -> Optional.of("column1");
      case Query.SetOperation set -> named(new Query(set.span(), set.operands().getFirst()));
      case Query.Nested nested -> named(nested.query());
    };
  }
}
