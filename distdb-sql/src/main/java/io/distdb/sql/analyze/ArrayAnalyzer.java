// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.function.ArrayFunctions;
import io.distdb.sql.function.ObjectFunctions;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Arrays: constructors, subscripts, comparisons with ANY and ALL of one. */
final class ArrayAnalyzer {
  private final ExpressionAnalyzer expressions;

  ArrayAnalyzer(ExpressionAnalyzer expressions) {
    this.expressions = expressions;
  }

  /** {@code ARRAY[…]} of the common type of its items. */
  Operand array(Expr.Array array) {
    if (array.items().isEmpty()) {
      throw new DistDbException(
              ErrorCode.INDETERMINATE_DATATYPE, "cannot determine type of empty array")
          .withHint("Explicitly cast to the desired type, for example ARRAY[]::integer[].")
          .at(array.span().position());
    }
    List<Operand> items = expressions.operands(array.items());
    SqlType common = ConditionalAnalyzer.commonType("ARRAY", items).unmodified();
    List<Expression> values = new ArrayList<>(items.size());
    for (Operand item : items) {
      values.add(expressions.coercion().demand(item, common, "ARRAY"));
    }
    return ExpressionAnalyzer.typed(array, construct(common, values));
  }

  /** {@code ARRAY[…]::type[]}: the cast is of the items. */
  Expression array(Expr.Array array, SqlType.Array target) {
    List<Expression> values = new ArrayList<>(array.items().size());
    SqlType itemType = target.element();
    for (Expr item : array.items()) {
      if (item instanceof Expr.Array inner) {
        values.add(array(inner, target));
        itemType = target;
      } else {
        Operand operand = expressions.operand(item);
        boolean nested = operand.type() instanceof SqlType.Array;
        itemType = nested ? target : target.element();
        values.add(expressions.coercion().explicit(operand, itemType, item.span()));
      }
    }
    return construct(itemType, values);
  }

  private static Expression construct(SqlType itemType, List<Expression> values) {
    requireNoRows(itemType);
    SqlType result = itemType instanceof SqlType.Array ? itemType : new SqlType.Array(itemType);
    List<SqlType> types = values.stream().<SqlType>map(value -> itemType.unmodified()).toList();
    return new Expression.Call(
        ArrayFunctions.function(ArrayFunctions.CONSTRUCT, result.unmodified(), types), values);
  }

  /**
   * @throws DistDbException {@code FEATURE_NOT_SUPPORTED}
   */
  static void requireNoRows(SqlType elements) {
    if (elements instanceof RowType) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED, "an array of rows is not supported yet");
    }
  }

  /** {@code a[i]}, or {@code a[l:u]} when any of the brackets has a colon. */
  Operand subscript(Expr.Subscript subscript) {
    Operand operand = expressions.operand(subscript.operand());
    if (operand.type() == SqlType.NAME
        && subscript.bounds().size() == 1
        && !subscript.bounds().getFirst().slice()) {
      Expression at = bound(subscript.bounds().getFirst().lower(), 0);
      Expression name = expressions.coercion().settle(operand);
      return ExpressionAnalyzer.typed(
          subscript, new Expression.Call(ObjectFunctions.character(), List.of(name, at)));
    }
    if (!(operand.type() instanceof SqlType.Array array)) {
      throw new DistDbException(
              ErrorCode.DATATYPE_MISMATCH,
              "cannot subscript type "
                  + operand.typeName()
                  + " because it does not support"
                  + " subscripting")
          .at(subscript.span().position());
    }
    boolean slice = subscript.bounds().stream().anyMatch(Expr.Bounds::slice);
    List<Expression> arguments = new ArrayList<>();
    arguments.add(expressions.coercion().settle(operand));
    for (Expr.Bounds bounds : subscript.bounds()) {
      if (slice) {
        // a[2] among slices is a[1:2]
        arguments.add(bounds.slice() ? bound(bounds.lower(), Integer.MIN_VALUE) : whole(1));
        arguments.add(bound(bounds.slice() ? bounds.upper() : bounds.lower(), Integer.MAX_VALUE));
      } else {
        arguments.add(bound(bounds.lower(), 0));
      }
    }
    List<SqlType> types = new ArrayList<>();
    arguments.forEach(argument -> types.add(argument.type().unmodified()));
    return ExpressionAnalyzer.typed(
        subscript,
        new Expression.Call(
            ArrayFunctions.function(
                slice ? ArrayFunctions.SLICE : ArrayFunctions.SUBSCRIPT,
                slice ? array.unmodified() : array.element().unmodified(),
                types),
            arguments));
  }

  private Expression bound(Optional<Expr> bound, int absent) {
    if (bound.isEmpty()) {
      return whole(absent);
    }
    Operand operand = expressions.operand(bound.get());
    return expressions
        .coercion()
        .convert(operand, SqlType.INTEGER, CastStrength.ASSIGNMENT)
        .orElseThrow(() ->
            new DistDbException(
                    ErrorCode.DATATYPE_MISMATCH, "array subscript must have type integer")
                .at(operand.span().position()));
  }

  private static Expression whole(int number) {
    return new Expression.Literal(Value.of(number), SqlType.INTEGER);
  }

  /**
   * {@code operand comparison ANY | ALL (array)}. Equality with items that are written out is IN,
   * which can use an index.
   */
  Operand quantified(Expr.QuantifiedArray quantified) {
    Comparison comparison = OperatorAnalyzer.comparison(quantified.operator()).orElseThrow();
    boolean listed = comparison == (quantified.all() ? Comparison.NOT_EQUAL : Comparison.EQUAL);
    if (listed
        && quantified.array() instanceof Expr.Array array
        && !array.items().isEmpty()
        && array.items().stream().noneMatch(Expr.Array.class::isInstance)) {
      return expressions.operand(
          new Expr.InList(
              quantified.span(),
              quantified.operatorSpan(),
              quantified.operand(),
              array.items(),
              quantified.all()));
    }
    Operand operand = expressions.operand(quantified.operand());
    Operand array = expressions.operand(quantified.array());
    return ExpressionAnalyzer.typed(
        quantified, compare(quantified, operand, array, quantified.operatorSpan()));
  }

  private Expression compare(
      Expr.QuantifiedArray quantified, Operand operand, Operand array, SourceSpan span) {
    Optional<SqlType> element = element(array, span);
    Operand like =
        element
            .<Operand>map(type ->
                new Operand.Typed(
                    array.span(), new Expression.Literal(Value.NULL, type.unmodified())))
            .orElse(new Operand.Null(array.span()));
    SqlType common =
        CommonType.ofComparison(operand, like)
            .orElseThrow(() ->
                OperatorAnalyzer.undefined(quantified.operator(), List.of(operand, like), span));
    Expression left = expressions.coercion().demand(operand, common, quantified.operator());
    Expression right =
        expressions.coercion().demand(array, new SqlType.Array(common), quantified.operator());
    String name =
        quantified.operator() + (quantified.all() ? ArrayFunctions.ALL_OF : ArrayFunctions.ANY_OF);
    return new Expression.Call(
        ArrayFunctions.function(name, SqlType.BOOLEAN, List.of(common, new SqlType.Array(common))),
        List.of(left, right));
  }

  private static Optional<SqlType> element(Operand array, SourceSpan span) {
    if (array.isUnknown()) {
      return Optional.empty();
    }
    if (array.type() instanceof SqlType.Array type) {
      return Optional.of(type.element());
    }
    throw new DistDbException(
            ErrorCode.WRONG_OBJECT_TYPE, "op ANY/ALL (array) requires array on right side")
        .at(span.position());
  }
}
