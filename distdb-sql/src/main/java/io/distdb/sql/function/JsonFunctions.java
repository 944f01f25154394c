// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.vector.Vector;

/** Functions that make JSON (PostgreSQL documentation, 9.16.1; RFC 8259). */
final class JsonFunctions {
  private JsonFunctions() {}

  static void addTo(FunctionTable table) {
    table.addVariadic(
        new VariadicFunction("json_build_object", 0, SqlType.Scalar.JSON, Volatility.STABLE),
        JsonFunctions::object);
    table.addVariadic(
        new VariadicFunction("json_build_array", 0, SqlType.Scalar.JSON, Volatility.STABLE),
        (x, r, i, a) -> {
          StringBuilder json = new StringBuilder("[");
          for (int n = 0; n < a.length; n++) {
            json.append(n == 0 ? "" : ", ");
            append(json, a[n], i, x);
          }
          r.texts[i] = json.append(']').toString();
        });
  }

  private static void object(Caller caller, Vector result, int row, Vector[] arguments) {
    if (arguments.length % 2 != 0) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE, "argument list must have even number of elements");
    }
    StringBuilder json = new StringBuilder("{");
    for (int n = 0; n < arguments.length; n += 2) {
      if (arguments[n].nulls[row]) {
        throw new DistDbException(
            ErrorCode.NULL_VALUE_NOT_ALLOWED, "argument " + (n + 1) + " must not be null");
      }
      json.append(n == 0 ? "" : ", ");
      quoted(json, TypeOutput.text(arguments[n].get(row), caller.environment().style()));
      json.append(" : ");
      append(json, arguments[n + 1], row, caller);
    }
    result.texts[row] = json.append('}').toString();
  }

  private static void append(StringBuilder json, Vector argument, int row, Caller caller) {
    if (argument.nulls[row]) {
      json.append("null");
      return;
    }
    Value value = argument.get(row);
    String text = TypeOutput.text(value, caller.environment().style());
    switch (value) {
      case Value.BooleanValue truth -> json.append(truth.value());
      case Value.SmallintValue ignored -> json.append(text);
      case Value.IntegerValue ignored -> json.append(text);
      case Value.BigintValue ignored -> json.append(text);
      case Value.RealValue number -> number(json, text, Float.isFinite(number.value()));
      case Value.DoubleValue number -> number(json, text, Double.isFinite(number.value()));
      case Value.NumericValue number -> number(json, text, number.value().isFinite());
      case Value.ArrayValue ignored -> throw unsupported("an array");
      case Value.RowValue ignored -> throw unsupported("a row");
      default -> {
        if (argument.type == SqlType.Scalar.JSON) {
          json.append(text);
        } else {
          quoted(json, text);
        }
      }
    }
  }

  private static DistDbException unsupported(String what) {
    return new DistDbException(
        ErrorCode.FEATURE_NOT_SUPPORTED, what + " in JSON is not supported yet");
  }

  /** JSON has no infinities. */
  private static void number(StringBuilder json, String text, boolean finite) {
    if (finite) {
      json.append(text);
    } else {
      quoted(json, text);
    }
  }

  private static void quoted(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> json.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
      }
    }
    json.append('"');
  }
}
