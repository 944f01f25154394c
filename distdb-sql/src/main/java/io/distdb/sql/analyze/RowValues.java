// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.function.RowFunctions;
import io.distdb.sql.logical.Expression;
import java.util.ArrayList;
import java.util.List;

/** Rows as values: made, taken apart, and those of a table of FROM. */
final class RowValues {
  private RowValues() {}

  /** A row of {@code fields}, which are of the types that {@code type} says. */
  static Expression of(RowType type, List<Expression> fields) {
    return new Expression.Call(RowFunctions.construct(type), fields);
  }

  /** A row of fields without names. */
  static Expression of(List<Expression> fields) {
    return of(RowType.of(fields.stream().map(Expression::type).toList()), fields);
  }

  /** One field; of a row that is written out here, what is written there. */
  static Expression field(Expression row, int ordinal) {
    RowType type = (RowType) row.type();
    if (row instanceof Expression.Call call && RowFunctions.isConstruct(call.function())) {
      return call.arguments().get(ordinal);
    }
    Expression number = new Expression.Literal(Value.of(ordinal), SqlType.INTEGER);
    return new Expression.Call(RowFunctions.field(type, ordinal), List.of(row, number));
  }

  /** All fields in order. */
  static List<Expression> fields(Expression row) {
    List<Expression> fields = new ArrayList<>();
    for (int i = 0; i < ((RowType) row.type()).fields().size(); i++) {
      fields.add(field(row, i));
    }
    return fields;
  }

  /**
   * @throws DistDbException {@code WRONG_OBJECT_TYPE}: no row; {@code UNDEFINED_COLUMN}
   */
  static Expression field(Operand operand, Name name, SourceSpan span) {
    if (!(operand instanceof Operand.Typed typed) || !(operand.type() instanceof RowType type)) {
      throw new DistDbException(
              ErrorCode.WRONG_OBJECT_TYPE,
              "column notation ."
                  + name
                  + " applied to type "
                  + operand.typeName()
                  + ", which is not a composite type")
          .at(span.position());
    }
    int ordinal = type.ordinalOf(name.text());
    if (ordinal < 0) {
      throw new DistDbException(
              ErrorCode.UNDEFINED_COLUMN,
              type.name().equals(RowType.RECORD)
                  ? "could not identify column \"" + name + "\" in record data type"
                  : "column \"" + name + "\" not found in data type " + type.name())
          .at(name.span().position());
    }
    return field(typed.expression(), ordinal);
  }

  /** {@code IS NULL}: every field is, or there is no row; {@code IS NOT NULL}: no field is. */
  static Expression isNull(Expression row, boolean negated) {
    List<Expression> tests = new ArrayList<>();
    for (Expression field : fields(row)) {
      Expression test = new Expression.IsNull(field);
      tests.add(negated ? new Expression.Not(test) : test);
    }
    if (tests.isEmpty()) {
      Expression test = new Expression.IsNull(row);
      return negated ? new Expression.Not(test) : test;
    }
    return RowAnalyzer.all(tests);
  }

  /**
   * The row of a table of FROM. Where an outer join finds none it is NULL; that is told by a column
   * that is never NULL otherwise.
   *
   * @throws DistDbException {@code FEATURE_NOT_SUPPORTED}: no column tells
   */
  static Expression whole(ScopeTable table, SourceSpan span, StatementContext context) {
    List<RowType.Field> types = new ArrayList<>();
    List<Expression> fields = new ArrayList<>();
    for (ScopeColumn column : table.columns()) {
      Expression field = column.at(span, context);
      fields.add(field);
      types.add(new RowType.Field(column.name(), field.type()));
    }
    String name = table.table().map(stored -> stored.name()).orElse(RowType.RECORD);
    Expression row = of(new RowType(name, types), fields);
    if (!table.nullable()) {
      return row;
    }
    Expression missing = new Expression.IsNull(fields.get(neverNull(table, span)));
    Expression none = new Expression.Literal(Value.NULL, row.type());
    return new Expression.Case(
        List.of(new Expression.When(missing, none)), java.util.Optional.of(row), row.type());
  }

  private static int neverNull(ScopeTable table, SourceSpan span) {
    if (table.table().isPresent()) {
      for (int i = 0; i < table.table().get().columns().size(); i++) {
        if (table.table().get().columns().get(i).notNull()) {
          return i;
        }
      }
    }
    throw ExpressionAnalyzer.unsupported(
        "a whole row of \"" + table.alias() + "\", which an outer join may leave without one",
        span);
  }
}
