// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.Value;
import io.distdb.sql.codec.KeyColumn;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import java.util.List;

/**
 * One whole key of literals and parameters, encoded without vectors: what point statements look up.
 * Immutable.
 */
final class ConstantKey {
  private final List<KeyColumn> columns;

  /** For each column a literal, or null where a parameter stands. */
  private final Value[] literals;

  private final int[] parameters;

  private ConstantKey(List<KeyColumn> columns) {
    this.columns = columns;
    literals = new Value[columns.size()];
    parameters = new int[columns.size()];
  }

  /** The key, or null when an expression has to be computed. */
  static ConstantKey of(List<KeyColumn> columns, List<Expression> expressions) {
    ConstantKey key = new ConstantKey(columns);
    for (int i = 0; i < columns.size(); i++) {
      switch (unwidened(expressions.get(i))) {
        case Expression.Literal literal -> key.literals[i] = literal.value();
        case Expression.Parameter parameter -> key.parameters[i] = parameter.ordinal();
        default -> {
          return null;
        }
      }
    }
    return key;
  }

  /** A number widened, or a VARCHAR as TEXT, is encoded by its value all the same. */
  private static Expression unwidened(Expression expression) {
    return expression instanceof Expression.Cast cast
            && Expressions.keepsKey(cast.operand().type(), cast.type())
        ? cast.operand()
        : expression;
  }

  /** The encoded key, or null when no stored key can equal it. */
  Bytes encode(KeyWriter writer, Value[] values) {
    writer.reset();
    for (int i = 0; i < literals.length; i++) {
      Value value = literals[i] == null ? values[parameters[i]] : literals[i];
      if (!append(writer, columns.get(i), value)) {
        return null;
      }
    }
    return writer.toBytes();
  }

  private static boolean append(KeyWriter writer, KeyColumn column, Value value) {
    return switch (value) {
      case Value.Null ignored -> false;
      case Value.SmallintValue v -> appendNumber(writer, column, v.value());
      case Value.IntegerValue v -> appendNumber(writer, column, v.value());
      case Value.BigintValue v -> appendNumber(writer, column, v.value());
      default -> {
        writer.appendValue(column, value);
        yield true;
      }
    };
  }

  private static boolean appendNumber(KeyWriter writer, KeyColumn column, long value) {
    switch (column.form()) {
      case SHORT -> {
        if (value != (short) value) {
          return false;
        }
        writer.appendShort(column, (short) value);
      }
      case INT -> {
        if (value != (int) value) {
          return false;
        }
        writer.appendInt(column, (int) value);
      }
      case LONG -> writer.appendLong(column, value);
      case DOUBLE -> writer.appendDouble(column, value);
      case FLOAT -> writer.appendFloat(column, value);
      case OBJECT -> writer.appendObject(column, Numeric.of(value));
      case BOOLEAN, TEXT, PADDED_TEXT -> {
        return false;
      }
    }
    return true;
  }
}
