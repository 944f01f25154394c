// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.util.List;

/** Java values to SQL values and back. */
final class Parameters {
  private Parameters() {}

  static Value[] toValues(Object[] parameters, List<SqlType> types) {
    if (parameters.length != types.size()) {
      throw wrongNumber(parameters.length, types.size());
    }
    Value[] values = new Value[parameters.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = toValue(parameters[i], types.get(i), i);
    }
    return values;
  }

  static DistDbException wrongNumber(int given, int expected) {
    return new DistDbException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "the statement has " + expected + " parameters, and " + given + " were given");
  }

  private static Value toValue(Object parameter, SqlType type, int position) {
    if (parameter instanceof Long number) {
      return toValue(number.longValue(), type);
    }
    if (parameter instanceof String text) {
      return Value.of(text);
    }
    if (parameter instanceof Integer number) {
      return toValue(number.longValue(), type);
    }
    return rarerToValue(parameter, type, position);
  }

  private static Value rarerToValue(Object parameter, SqlType type, int position) {
    return switch (parameter) {
      case null -> Value.NULL;
      case Double number -> ofDouble(number, type);
      case Boolean truth -> Value.of(truth.booleanValue());
      case Short number -> toValue(number.longValue(), type);
      case Byte number -> toValue(number.longValue(), type);
      case Float number -> ofDouble(number, type);
      case CharSequence text -> Value.of(text.toString());
      case Value value -> value;
      default -> JavaValues.toValue(parameter, type, position);
    };
  }

  private static Value ofDouble(Number number, SqlType type) {
    if (type == SqlType.REAL) {
      return new Value.RealValue(number.floatValue());
    }
    return type.unmodified() == SqlType.NUMERIC
        ? Value.of(Numeric.of(number.doubleValue()))
        : Value.of(number.doubleValue());
  }

  /** A whole number for a parameter of {@code type}. */
  static Value toValue(long number, SqlType type) {
    if (type == SqlType.INTEGER) {
      checkRange(number, (int) number, type);
      return Value.of((int) number);
    }
    if (type == SqlType.SMALLINT) {
      checkRange(number, (short) number, type);
      return new Value.SmallintValue((short) number);
    }
    return Value.of(number);
  }

  private static void checkRange(long number, long narrowed, SqlType type) {
    if (number != narrowed) {
      throw new DistDbException(
          ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
          "value " + number + " is out of range for type " + type.sqlName());
    }
  }

  static Object toJava(Value value) {
    return JavaValues.toJava(value);
  }
}
