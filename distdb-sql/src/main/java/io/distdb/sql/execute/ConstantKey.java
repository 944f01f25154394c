// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.codec.KeyColumn;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.logical.Expression;
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

  /** An INTEGER widened to BIGINT is encoded by its value all the same. */
  private static Expression unwidened(Expression expression) {
    return expression instanceof Expression.Cast cast
            && cast.type().equals(SqlType.BIGINT)
            && cast.operand().type().equals(SqlType.INTEGER)
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
    switch (value) {
      case Value.Null ignored -> {
        return false;
      }
      case Value.BooleanValue v -> writer.appendBoolean(column, v.value());
      case Value.IntegerValue v -> {
        return appendNumber(writer, column, v.value());
      }
      case Value.BigintValue v -> {
        return appendNumber(writer, column, v.value());
      }
      case Value.DoubleValue v -> writer.appendDouble(column, v.value());
      case Value.TextValue v -> writer.appendText(column, v.value());
    }
    return true;
  }

  private static boolean appendNumber(KeyWriter writer, KeyColumn column, long value) {
    switch (column.type()) {
      case INTEGER -> {
        if (value != (int) value) {
          return false;
        }
        writer.appendInt(column, (int) value);
      }
      case BIGINT -> writer.appendLong(column, value);
      case DOUBLE_PRECISION -> writer.appendDouble(column, value);
      case BOOLEAN, TEXT -> {
        return false;
      }
    }
    return true;
  }
}
