// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.SqlType;
import io.distdb.sql.text.FormatTemplate;
import io.distdb.sql.vector.Vector;

/** Functions of any number of arguments of any type. */
final class VariadicFunctions {
  private VariadicFunctions() {}

  static void addTo(FunctionTable table) {
    table.addVariadic(
        new VariadicFunction("concat", 0, SqlType.TEXT, Volatility.STABLE),
        (x, r, i, a) -> {
          StringBuilder out = new StringBuilder();
          for (Vector argument : a) {
            if (!argument.nulls[i]) {
              out.append(text(x, argument, i));
            }
          }
          r.texts[i] = out.toString();
        });
    table.addVariadic(
        new VariadicFunction("concat_ws", 1, SqlType.TEXT, Volatility.STABLE),
        VariadicFunctions::joined);
    table.addVariadic(
        new VariadicFunction("format", 1, SqlType.TEXT, Volatility.STABLE),
        (x, r, i, a) -> {
          r.nulls[i] = a[0].nulls[i];
          if (!r.nulls[i]) {
            String[] texts = new String[a.length - 1];
            for (int n = 1; n < a.length; n++) {
              texts[n - 1] = a[n].nulls[i] ? null : text(x, a[n], i);
            }
            r.texts[i] = FormatTemplate.apply(a[0].texts[i], texts);
          }
        });
    table.addVariadic(
        new VariadicFunction("num_nulls", 0, SqlType.INTEGER, Volatility.IMMUTABLE),
        (x, r, i, a) -> r.longs[i] = nulls(a, i));
    table.addVariadic(
        new VariadicFunction("num_nonnulls", 0, SqlType.INTEGER, Volatility.IMMUTABLE),
        (x, r, i, a) -> r.longs[i] = a.length - nulls(a, i));
    table.addAnyTypes("greatest", (x, r, i, a) -> extreme(r, i, a, 1));
    table.addAnyTypes("least", (x, r, i, a) -> extreme(r, i, a, -1));
  }

  private static String text(Caller caller, Vector vector, int row) {
    return vector.texts != null
        ? vector.texts[row]
        : TypeOutput.text(vector.get(row), caller.environment().style());
  }

  private static void joined(Caller caller, Vector result, int row, Vector[] arguments) {
    result.nulls[row] = arguments[0].nulls[row];
    if (result.nulls[row]) {
      return;
    }
    String separator = arguments[0].texts[row];
    StringBuilder out = new StringBuilder();
    boolean first = true;
    for (int n = 1; n < arguments.length; n++) {
      if (!arguments[n].nulls[row]) {
        out.append(first ? "" : separator).append(text(caller, arguments[n], row));
        first = false;
      }
    }
    result.texts[row] = out.toString();
  }

  private static int nulls(Vector[] arguments, int row) {
    int count = 0;
    for (Vector argument : arguments) {
      count += argument.nulls[row] ? 1 : 0;
    }
    return count;
  }

  /** NULL only when all are. */
  private static void extreme(Vector result, int row, Vector[] arguments, int sign) {
    Vector best = null;
    for (Vector argument : arguments) {
      if (!argument.nulls[row] && (best == null || argument.compare(row, best, row) * sign > 0)) {
        best = argument;
      }
    }
    if (best == null) {
      result.nulls[row] = true;
    } else {
      result.set(row, best, row);
    }
  }
}
