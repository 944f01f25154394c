// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads functions from lines such as {@code lpad(text,int4) text}. */
final class Signatures {
  private static final Map<String, SqlType> TYPES = types();

  private Signatures() {}

  private static Map<String, SqlType> types() {
    Map<String, SqlType> types = new HashMap<>();
    for (SqlType.Scalar scalar : SqlType.Scalar.values()) {
      types.put(scalar.shortName(), scalar);
      types.put(scalar.shortName() + "[]", SqlType.arrayOf(scalar));
    }
    return types;
  }

  static List<ScalarFunction> functions(Volatility volatility, String lines) {
    return read(lines, false, volatility);
  }

  static List<ScalarFunction> operators(Volatility volatility, String lines) {
    return read(lines, true, volatility);
  }

  private static List<ScalarFunction> read(String lines, boolean operator, Volatility volatility) {
    List<ScalarFunction> functions = new ArrayList<>();
    for (String line : lines.strip().split("\\s*\\n\\s*")) {
      int open = line.lastIndexOf('(');
      int close = line.lastIndexOf(')');
      List<SqlType> arguments = new ArrayList<>();
      if (close > open + 1) {
        for (String type : line.substring(open + 1, close).split(",")) {
          arguments.add(type(type, line));
        }
      }
      functions.add(
          new ScalarFunction(
              line.substring(0, open),
              arguments,
              type(line.substring(close + 1).strip(), line),
              operator,
              volatility));
    }
    return List.copyOf(functions);
  }

  private static SqlType type(String name, String line) {
    SqlType type = TYPES.get(name);
    if (type == null) {
      throw new IllegalArgumentException("no type " + name + " in " + line);
    }
    return type;
  }
}
