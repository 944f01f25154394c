// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.type.SqlType;
import io.distdb.sql.function.AggregateFunction;
import io.distdb.sql.function.ArrayFunctions;
import io.distdb.sql.function.FunctionRegistry;
import io.distdb.sql.function.ScalarFunction;
import io.distdb.sql.function.TableFunction;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code \df}. */
final class ListFunctions {
  /** All are in it. */
  private static final String SCHEMA = "pg_catalog";

  private static final String NOTHING = "(?!)";

  private ListFunctions() {}

  /**
   * @param pattern a name, perhaps after that of a schema and a dot, in which {@code *} stands for
   *     anything and {@code ?} for one character
   */
  static void print(String pattern, PrintWriter out) {
    Pattern wanted = wanted(pattern.toLowerCase(Locale.ROOT));
    TextTable list =
        new TextTable(
            "List of functions", "Name", "Result data type", "Argument data types", "Type");
    for (String name : FunctionRegistry.names()) {
      if (wanted.matcher(name).matches()) {
        for (ScalarFunction function : FunctionRegistry.functions(name)) {
          list.add(name, function.resultType().sqlName(), types(function.argumentTypes()), "func");
        }
        FunctionRegistry.variadic(name)
            .ifPresent(function ->
                list.add(
                    name,
                    function.resultType().sqlName(),
                    "text, ".repeat(function.texts()) + "VARIADIC any",
                    "func"));
        for (ArrayFunctions.Signature function : ArrayFunctions.named(name)) {
          list.add(name, word(function.result()), words(function.arguments()), "func");
        }
        for (TableFunction function : FunctionRegistry.tableFunctions(name)) {
          list.add(
              name,
              "SETOF " + function.resultType().sqlName(),
              types(function.argumentTypes()),
              "func");
        }
        for (AggregateFunction aggregate : FunctionRegistry.aggregates(name)) {
          list.add(name, aggregate.resultType().sqlName(), types(aggregate.argumentTypes()), "agg");
        }
      }
    }
    if (list.isEmpty()) {
      out.println("There are no functions named " + pattern + ".");
    } else {
      list.print(out);
      out.println();
    }
  }

  private static Pattern wanted(String pattern) {
    int dot = pattern.indexOf('.');
    boolean elsewhere = dot >= 0 && !SCHEMA.matches(regexOf(pattern.substring(0, dot)));
    String name = dot == pattern.length() - 1 ? "*" : pattern.substring(dot + 1);
    return Pattern.compile(elsewhere ? NOTHING : regexOf(name));
  }

  private static String regexOf(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return regex.toString();
  }

  private static String words(List<ArrayFunctions.Kind> kinds) {
    return kinds.stream().map(ListFunctions::word).collect(Collectors.joining(", "));
  }

  private static String word(ArrayFunctions.Kind kind) {
    return switch (kind) {
      case ARRAY -> "anycompatiblearray";
      case ELEMENT -> "anycompatible";
      case INTEGER, INTEGERS, TEXT, TEXTS, BOOLEAN -> kind.type(SqlType.TEXT).sqlName();
    };
  }

  private static String types(List<SqlType> types) {
    return types.stream().map(SqlType::sqlName).collect(Collectors.joining(", "));
  }
}
