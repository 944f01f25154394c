// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.function.TypeInput;
import io.distdb.sql.logical.Expression;
import java.util.List;
import java.util.Optional;

/**
 * Makes operands into expressions of a wanted type (PostgreSQL documentation, chapter 10). A
 * constant becomes a literal of that type at once; a lifted constant becomes a parameter of that
 * type, so that its value is converted when it is bound and the plan is the same.
 */
final class Coercion {
  private final Parameters parameters;

  Coercion(Parameters parameters) {
    this.parameters = parameters;
  }

  /**
   * {@code operand} as {@code type}, or nothing when {@code place} does not allow the conversion.
   *
   * @throws DistDbException the operand is a string that is no such value
   */
  Optional<Expression> convert(Operand operand, SqlType type, CastStrength place) {
    return switch (operand) {
      case Operand.Typed typed -> cast(typed.expression(), type, place);
      case Operand.Whole whole -> whole(whole, type, place);
      case Operand.LiftedWhole lifted -> liftedWhole(lifted, type, place);
      case Operand.Decimal decimal -> {
        refuseNumeric(decimal, type);
        yield Optional.of(new Expression.Literal(Value.of(doubleOf(decimal)), type));
      }
      case Operand.LiftedDecimal lifted -> {
        refuseNumeric(lifted, type);
        yield Optional.of(parameter(lifted.ordinal(), type));
      }
      case Operand.Text text -> Optional.of(new Expression.Literal(read(text, type), type));
      case Operand.LiftedText lifted -> cast(parameter(lifted.ordinal(), type), type, place);
      case Operand.Null none -> Optional.of(new Expression.Literal(Value.NULL, type));
      case Operand.Untyped untyped -> cast(parameter(untyped.ordinal(), type), type, place);
    };
  }

  private static Optional<Expression> cast(
      Expression expression, SqlType type, CastStrength place) {
    if (expression.type().equals(type)) {
      return Optional.of(expression);
    }
    return CastStrength.of(expression.type(), type).isAllowedIn(place)
        ? Optional.of(new Expression.Cast(expression, type))
        : Optional.empty();
  }

  private static Optional<Expression> whole(Operand.Whole whole, SqlType type, CastStrength place) {
    if (CastStrength.isNumber(type) && CastStrength.rank(whole.type()) < CastStrength.rank(type)) {
      Value value =
          type.equals(SqlType.BIGINT) ? Value.of(whole.value()) : Value.of((double) whole.value());
      return Optional.of(new Expression.Literal(value, type));
    }
    return cast(literal(whole), type, place);
  }

  private Optional<Expression> liftedWhole(
      Operand.LiftedWhole lifted, SqlType type, CastStrength place) {
    boolean widens =
        CastStrength.isNumber(type) && CastStrength.rank(lifted.type()) < CastStrength.rank(type);
    return cast(parameter(lifted.ordinal(), widens ? type : lifted.type()), type, place);
  }

  private static Expression literal(Operand.Whole whole) {
    Value value =
        whole.type().equals(SqlType.INTEGER)
            ? Value.of((int) whole.value())
            : Value.of(whole.value());
    return new Expression.Literal(value, whole.type());
  }

  /** The parameter; it has {@code wanted} type unless an earlier place gave it another. */
  private Expression parameter(int ordinal, SqlType wanted) {
    SqlType settled = parameters.typeOf(ordinal);
    if (settled == null) {
      parameters.settle(ordinal, wanted);
      settled = wanted;
    }
    return new Expression.Parameter(ordinal, settled);
  }

  private static void refuseNumeric(Operand operand, SqlType type) {
    if (!type.equals(SqlType.DOUBLE_PRECISION)) {
      throw numeric(operand.span());
    }
  }

  static DistDbException numeric(SourceSpan span) {
    return new DistDbException(ErrorCode.FEATURE_NOT_SUPPORTED, "type numeric is not supported yet")
        .withDetail("A constant with a fraction or exponent is numeric in PostgreSQL.")
        .withHint("Cast it: 1.5::double precision.")
        .at(span.position());
  }

  private static double doubleOf(Operand.Decimal decimal) {
    try {
      return decimal.number().doubleValue();
    } catch (DistDbException e) {
      throw e.at(decimal.span().position());
    }
  }

  private static Value read(Operand.Text text, SqlType type) {
    try {
      return TypeInput.read(text.value(), type);
    } catch (DistDbException e) {
      throw e.at(text.span().position());
    }
  }

  /** The expression when nothing around it asks for a type: unknown becomes text. */
  Expression settle(Operand operand) {
    if (operand.isDecimal()) {
      throw numeric(operand.span());
    }
    SqlType type = operand.type() == null ? SqlType.TEXT : operand.type();
    return convert(operand, type, CastStrength.EXPLICIT).orElseThrow();
  }

  /**
   * As {@code type}, which a clause demands.
   *
   * @param clause how the error calls it: {@code WHERE}
   */
  Expression demand(Operand operand, SqlType type, String clause) {
    return convert(operand, type, CastStrength.IMPLICIT)
        .orElseThrow(() ->
            new DistDbException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "argument of "
                        + clause
                        + " must be type "
                        + type.sqlName()
                        + ", not type "
                        + operand.typeName())
                .at(operand.span().position()));
  }

  /** CAST. */
  Expression explicit(Operand operand, SqlType type, SourceSpan span) {
    return convert(operand, type, CastStrength.EXPLICIT)
        .orElseThrow(() ->
            new DistDbException(
                    ErrorCode.CANNOT_COERCE,
                    "cannot cast type " + operand.typeName() + " to " + type.sqlName())
                .at(span.position()));
  }

  /**
   * The type in which alternatives meet (chapter 10.5), or nothing when they cannot. Unknown alone
   * makes text.
   *
   * @throws DistDbException {@code FEATURE_NOT_SUPPORTED}: they meet in NUMERIC
   */
  static Optional<SqlType> commonType(List<Operand> operands) {
    SqlType common = null;
    Operand decimal = null;
    for (Operand operand : operands) {
      decimal = operand.isDecimal() && decimal == null ? operand : decimal;
      SqlType type = operand.type();
      if (type == null) {
        continue;
      }
      if (common == null || type.equals(common)) {
        common = type;
      } else if (CastStrength.isNumber(common) && CastStrength.isNumber(type)) {
        common = CastStrength.rank(type) > CastStrength.rank(common) ? type : common;
      } else {
        return Optional.empty();
      }
    }
    if (decimal == null) {
      return Optional.of(common == null ? SqlType.TEXT : common);
    }
    if (common != null && !CastStrength.isNumber(common)) {
      return Optional.empty();
    }
    if (common == null || !common.equals(SqlType.DOUBLE_PRECISION)) {
      throw numeric(decimal.span());
    }
    return Optional.of(common);
  }
}
