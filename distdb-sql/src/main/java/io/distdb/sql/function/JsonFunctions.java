// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** Functions that make JSON (PostgreSQL documentation, 9.16.1). */
final class JsonFunctions {
  private JsonFunctions() {}

  static void addTo(FunctionTable table) {
    table.addVariadic(
        new VariadicFunction("json_build_object", 0, SqlType.Scalar.JSON, Volatility.STABLE),
        JsonFunctions::object);
    table.addVariadic(
        new VariadicFunction("json_build_array", 0, SqlType.Scalar.JSON, Volatility.STABLE),
        (x, r, i, a) -> {
          JsonTexts json = new JsonTexts(x.environment().style()).raw("[");
          for (int n = 0; n < a.length; n++) {
            json.raw(n == 0 ? "" : ", ").value(a[n].get(i), a[n].type);
          }
          r.texts[i] = json.raw("]").toString();
        });
    for (String name : List.of("to_json", "row_to_json", "array_to_json")) {
      table.addVariadic(
          new VariadicFunction(name, 0, SqlType.Scalar.JSON, Volatility.STABLE),
          (x, r, i, a) -> {
            r.nulls[i] = a[0].nulls[i];
            if (!r.nulls[i]) {
              JsonTexts json = new JsonTexts(x.environment().style());
              r.texts[i] = json.value(a[0].get(i), a[0].type).toString();
            }
          });
    }
  }

  private static void object(Caller caller, Vector result, int row, Vector[] arguments) {
    if (arguments.length % 2 != 0) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE, "argument list must have even number of elements");
    }
    JsonTexts json = new JsonTexts(caller.environment().style()).raw("{");
    for (int n = 0; n < arguments.length; n += 2) {
      if (arguments[n].nulls[row]) {
        throw new DistDbException(
            ErrorCode.NULL_VALUE_NOT_ALLOWED, "argument " + (n + 1) + " must not be null");
      }
      json.raw(n == 0 ? "" : ", ")
          .quoted(TypeOutput.text(arguments[n].get(row), caller.environment().style()))
          .raw(" : ")
          .value(arguments[n + 1].get(row), arguments[n + 1].type);
    }
    result.texts[row] = json.raw("}").toString();
  }
}
