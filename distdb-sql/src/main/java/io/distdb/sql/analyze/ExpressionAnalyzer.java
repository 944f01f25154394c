// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.logical.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Expressions of one clause: AST to {@link Operand}, and on to {@link Expression}. */
final class ExpressionAnalyzer {
  private final StatementContext context;
  private final Scope scope;
  private final Coercion coercion;
  private final OperatorAnalyzer operators;
  private final PredicateAnalyzer predicates;
  private final ConditionalAnalyzer conditionals;
  private final ArrayAnalyzer arrays;
  private final CallAnalyzer calls;
  private final AggregateCollector aggregates;
  private final RowAnalyzer rows;
  private final SubqueryAnalyzer subqueries;

  ExpressionAnalyzer(StatementContext context, Scope scope, AggregateCollector aggregates) {
    this.context = context;
    this.scope = scope;
    this.aggregates = aggregates;
    this.coercion = new Coercion(context.parameters());
    this.operators = new OperatorAnalyzer(this);
    this.predicates = new PredicateAnalyzer(this);
    this.conditionals = new ConditionalAnalyzer(this);
    this.arrays = new ArrayAnalyzer(this);
    this.calls = new CallAnalyzer(this, context, scope, aggregates);
    this.rows = new RowAnalyzer(this);
    this.subqueries = new SubqueryAnalyzer(this, context, new Scope.Outer(scope, aggregates));
  }

  Coercion coercion() {
    return coercion;
  }

  OperatorAnalyzer operators() {
    return operators;
  }

  RowAnalyzer rows() {
    return rows;
  }

  /** With the type it has when nothing asks for another. */
  Expression settled(Expr expr) {
    return coercion.settle(operand(expr));
  }

  private List<Expression> all(List<Expr> exprs) {
    List<Expression> settled = new ArrayList<>(exprs.size());
    exprs.forEach(expr -> settled.add(settled(expr)));
    return settled;
  }

  /** A condition of {@code clause}. */
  Expression condition(Expr expr, String clause) {
    return coercion.demand(operand(expr), SqlType.BOOLEAN, clause);
  }

  Operand operand(Expr expr) {
    return switch (expr) {
      case Expr.Null constant -> new Operand.Null(constant.span());
      case Expr.BooleanConstant constant ->
          typed(constant, new Expression.Literal(Value.of(constant.value()), SqlType.BOOLEAN));
      case Expr.NumberConstant constant -> Operand.number(constant.span(), constant.number());
      case Expr.StringConstant constant -> new Operand.Text(constant.span(), constant.value());
      case Expr.Lifted lifted -> lifted(lifted);
      case Expr.Parameter parameter -> parameter(parameter);
      case Expr.Column column -> typed(column, scope.resolve(column, context));
      case Expr.Unary unary -> operators.unary(unary);
      case Expr.Binary binary -> operators.binary(binary);
      case Expr.And and -> typed(and, new Expression.And(conditions(and.operands(), "AND")));
      case Expr.Or or -> typed(or, new Expression.Or(conditions(or.operands(), "OR")));
      case Expr.Not not -> typed(not, new Expression.Not(condition(not.operand(), "NOT")));
      case Expr.IsNull test -> predicates.isNull(test);
      case Expr.IsTruth test -> predicates.isTruth(test);
      case Expr.IsDistinct test -> predicates.isDistinct(test);
      case Expr.Between between -> predicates.between(between);
      case Expr.InList in -> predicates.in(in);
      case Expr.Like like -> predicates.like(like);
      case Expr.Case choice -> withoutSeries(choice, "CASE", () -> conditionals.choice(choice));
      case Expr.Coalesce coalesce ->
          withoutSeries(coalesce, "COALESCE", () -> conditionals.coalesce(coalesce));
      case Expr.NullIf nullIf -> conditionals.nullIf(nullIf);
      case Expr.Cast cast -> cast(cast);
      case Expr.Call call -> calls.call(call);
      case Expr.Grouping grouping ->
          typed(
              grouping,
              context.reference(
                  aggregates.addGrouping(groupingArguments(grouping), grouping.span()),
                  grouping.span()));
      case Expr.Array array -> arrays.array(array);
      case Expr.QuantifiedArray quantified -> arrays.quantified(quantified);
      case Expr.Subscript subscript -> arrays.subscript(subscript);
      case Expr.Row row -> typed(row, RowValues.of(all(row.fields())));
      case Expr.Field field ->
          typed(field, RowValues.field(operand(field.row()), field.name(), field.span()));
      case Expr.Exists exists -> subqueries.exists(exists);
      case Expr.ScalarSubquery scalar -> subqueries.scalar(scalar);
      case Expr.SubqueryField field -> subqueries.field(field);
      case Expr.InSubquery in -> subqueries.in(in);
      case Expr.Quantified quantified -> subqueries.quantified(quantified);
      case Expr.ArraySubquery array -> subqueries.array(array);
      case Expr.Default none ->
          throw new DistDbException(
                  ErrorCode.SYNTAX_ERROR, "DEFAULT is not allowed in this context")
              .at(none.span().position());
    };
  }

  static DistDbException unsupported(String feature, SourceSpan span) {
    return new DistDbException(ErrorCode.FEATURE_NOT_SUPPORTED, feature + " is not supported yet")
        .withHint("docs/sql-compatibility.md lists what is.")
        .at(span.position());
  }

  /** What is evaluated for some rows only cannot make rows. */
  private Operand withoutSeries(Expr expr, String construct, Supplier<Operand> analysis) {
    int before = aggregates.seriesCount();
    Operand operand = analysis.get();
    if (aggregates.seriesCount() > before) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              "set-returning functions are not allowed in " + construct)
          .withHint(
              "You might be able to move the set-returning function into a LATERAL FROM item.")
          .at(expr.span().position());
    }
    return operand;
  }

  private List<Expression> groupingArguments(Expr.Grouping grouping) {
    ExpressionAnalyzer inner =
        new ExpressionAnalyzer(
            context,
            scope,
            AggregateCollector.forbidden(context, "aggregate function calls cannot be nested"));
    List<Expression> arguments = new ArrayList<>(grouping.arguments().size());
    grouping.arguments().forEach(argument -> arguments.add(inner.settled(argument)));
    return arguments;
  }

  static Operand typed(Expr expr, Expression expression) {
    return new Operand.Typed(expr.span(), expression);
  }

  Parameters parameters() {
    return context.parameters();
  }

  List<Operand> operands(List<Expr> exprs) {
    List<Operand> operands = new ArrayList<>(exprs.size());
    exprs.forEach(expr -> operands.add(operand(expr)));
    return operands;
  }

  /** Nested chains of one kind cannot come here flat already, so they are left nested. */
  private List<Expression> conditions(List<Expr> exprs, String clause) {
    List<Expression> conditions = new ArrayList<>(exprs.size());
    exprs.forEach(expr -> conditions.add(condition(expr, clause)));
    return conditions;
  }

  private Operand parameter(Expr.Parameter parameter) {
    Parameters parameters = context.parameters();
    parameters.meet(parameter.ordinal());
    SqlType type = parameters.typeOf(parameter.ordinal());
    return type == null
        ? new Operand.Untyped(parameter.span(), parameter.ordinal())
        : typed(parameter, new Expression.Parameter(parameter.ordinal(), type));
  }

  private Operand lifted(Expr.Lifted lifted) {
    context.parameters().meet(lifted.ordinal());
    return Operand.lifted(lifted.span(), lifted.ordinal(), lifted.kind());
  }

  ArrayAnalyzer arrays() {
    return arrays;
  }

  private Operand cast(Expr.Cast cast) {
    SqlType type = TypeNames.resolve(cast.type());
    if (cast.operand() instanceof Expr.Array array && type instanceof SqlType.Array target) {
      return typed(cast, arrays.array(array, target));
    }
    return typed(cast, coercion.explicit(operand(cast.operand()), type, cast.span()));
  }
}
