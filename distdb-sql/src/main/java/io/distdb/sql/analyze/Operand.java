// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.LiteralKind;
import io.distdb.sql.ast.NumberText;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.logical.Expression;

/**
 * An expression on its way to a type. Most have one; constants and parameters take the type that
 * their place asks for, when it can be had without loss. A constant that the plan cache lifted goes
 * the same way as the constant would.
 */
sealed interface Operand {
  /** Where errors about it point. */
  SourceSpan span();

  /** Its type so far; null for what PostgreSQL calls unknown. */
  SqlType type();

  record Typed(SourceSpan span, Expression expression) implements Operand {
    @Override
    public SqlType type() {
      return expression.type();
    }
  }

  /** An integer constant: INTEGER or BIGINT, and wider where that is asked for. */
  record Whole(SourceSpan span, long value, SqlType type) implements Operand {}

  /** A lifted integer constant. */
  record LiftedWhole(SourceSpan span, int ordinal, SqlType type) implements Operand {}

  /** A constant of type NUMERIC, which becomes REAL or DOUBLE PRECISION without a detour. */
  record Decimal(SourceSpan span, NumberText number) implements Operand {
    @Override
    public SqlType type() {
      return SqlType.NUMERIC;
    }
  }

  record LiftedDecimal(SourceSpan span, int ordinal) implements Operand {
    @Override
    public SqlType type() {
      return SqlType.NUMERIC;
    }
  }

  /** {@code 'text'} of unknown type. */
  record Text(SourceSpan span, String value) implements Operand {
    @Override
    public SqlType type() {
      return null;
    }
  }

  record LiftedText(SourceSpan span, int ordinal) implements Operand {
    @Override
    public SqlType type() {
      return null;
    }
  }

  record Null(SourceSpan span) implements Operand {
    @Override
    public SqlType type() {
      return null;
    }
  }

  /** {@code $n} that nothing has given a type. */
  record Untyped(SourceSpan span, int ordinal) implements Operand {
    @Override
    public SqlType type() {
      return null;
    }
  }

  /** Of unknown type: it adopts one. */
  default boolean isUnknown() {
    return type() == null;
  }

  /** As errors call it: without modifiers. */
  default String typeName() {
    return type() != null ? type().unmodified().sqlName() : "unknown";
  }

  static Operand lifted(SourceSpan span, int ordinal, LiteralKind kind) {
    return switch (kind) {
      case INTEGER -> new LiftedWhole(span, ordinal, SqlType.INTEGER);
      case BIGINT -> new LiftedWhole(span, ordinal, SqlType.BIGINT);
      case DECIMAL -> new LiftedDecimal(span, ordinal);
      case STRING -> new LiftedText(span, ordinal);
    };
  }

  static Operand number(SourceSpan span, NumberText number) {
    return switch (number.kind()) {
      case INTEGER -> new Whole(span, number.longValue(), SqlType.INTEGER);
      case BIGINT -> new Whole(span, number.longValue(), SqlType.BIGINT);
      case DECIMAL, STRING -> new Decimal(span, number);
    };
  }
}
