// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.function.TypeInput;
import io.distdb.sql.logical.Expression;
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
    if (operand instanceof Operand.Typed typed && typed.type().equals(type)) {
      return Optional.of(typed.expression());
    }
    boolean explicit = place == CastStrength.EXPLICIT;
    Optional<Expression> bare = bare(operand, type.unmodified(), place);
    return type.equals(type.unmodified())
        ? bare
        : bare.map(expression -> lengthened(expression, type, explicit));
  }

  /** The same value under a type with modifiers. */
  private static Expression lengthened(Expression expression, SqlType type, boolean explicit) {
    if (expression.type().equals(type)) {
      return expression;
    }
    return expression instanceof Expression.Literal literal && literal.value().equals(Value.NULL)
        ? new Expression.Literal(Value.NULL, type)
        : new Expression.Cast(expression, type, explicit);
  }

  /**
   * @param type without modifiers
   */
  private Optional<Expression> bare(Operand operand, SqlType type, CastStrength place) {
    return switch (operand) {
      case Operand.Typed typed -> cast(typed.expression(), type, place);
      case Operand.Whole whole -> whole(whole, type, place);
      case Operand.LiftedWhole lifted -> liftedWhole(lifted, type, place);
      case Operand.Decimal decimal -> decimal(decimal, type, place);
      case Operand.LiftedDecimal lifted ->
          cast(parameter(lifted.ordinal(), isInexact(type) ? type : SqlType.NUMERIC), type, place);
      case Operand.Text text -> Optional.of(read(text, type));
      case Operand.LiftedText lifted -> cast(parameter(lifted.ordinal(), type), type, place);
      case Operand.Null none -> Optional.of(new Expression.Literal(Value.NULL, type));
      case Operand.Untyped untyped -> cast(parameter(untyped.ordinal(), type), type, place);
    };
  }

  private static boolean isInexact(SqlType type) {
    return type == SqlType.DOUBLE_PRECISION || type == SqlType.REAL;
  }

  private static Optional<Expression> cast(
      Expression expression, SqlType type, CastStrength place) {
    if (expression.type().unmodified().equals(type)) {
      return Optional.of(expression);
    }
    return CastStrength.of(expression.type(), type).isAllowedIn(place)
        ? Optional.of(new Expression.Cast(expression, type, place == CastStrength.EXPLICIT))
        : Optional.empty();
  }

  private static Optional<Expression> whole(Operand.Whole whole, SqlType type, CastStrength place) {
    return CastStrength.isNumber(type) && CastStrength.rank(whole.type()) <= CastStrength.rank(type)
        ? Optional.of(new Expression.Literal(Numbers.value(whole.value(), type), type))
        : cast(
            new Expression.Literal(Numbers.value(whole.value(), whole.type()), whole.type()),
            type,
            place);
  }

  private Optional<Expression> liftedWhole(
      Operand.LiftedWhole lifted, SqlType type, CastStrength place) {
    boolean widens =
        CastStrength.isNumber(type) && CastStrength.rank(lifted.type()) < CastStrength.rank(type);
    return cast(parameter(lifted.ordinal(), widens ? type : lifted.type()), type, place);
  }

  private static Optional<Expression> decimal(
      Operand.Decimal decimal, SqlType type, CastStrength place) {
    SqlType own = isInexact(type) ? type : SqlType.NUMERIC;
    try {
      Value value = Numbers.value(decimal.number(), own);
      return cast(new Expression.Literal(value, own), type, place);
    } catch (DistDbException e) {
      throw e.at(decimal.span().position());
    }
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

  /** A value, or a cast at run time where the session has a say in what the text means. */
  private static Expression read(Operand.Text text, SqlType type) {
    if (TypeInput.dependsOnSession(text.value(), type)) {
      Expression literal = new Expression.Literal(Value.of(text.value()), SqlType.TEXT);
      return new Expression.Cast(literal, type, true);
    }
    try {
      return new Expression.Literal(TypeInput.read(text.value(), type), type);
    } catch (DistDbException e) {
      throw e.at(text.span().position());
    }
  }

  /** The expression when nothing around it asks for a type: unknown becomes text. */
  Expression settle(Operand operand) {
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
}
