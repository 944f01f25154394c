// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.Invariant;
import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where families put their functions and operators: a signature such as {@code lpad(text,int4)
 * text} with short names of types, and the code. What is put without a {@link Volatility} is
 * immutable; what is not lenient is strict, which is NULL, without a call, when an argument is.
 */
final class FunctionTable {
  private static final Map<String, SqlType> TYPES = types();

  final Map<String, List<ScalarFunction>> operators = new LinkedHashMap<>();
  final Map<String, List<ScalarFunction>> functions = new LinkedHashMap<>();
  final Map<String, VariadicFunction> variadic = new LinkedHashMap<>();

  /** Second names. */
  final Map<String, String> aliases = new LinkedHashMap<>();

  final Map<TableFunction, SeriesCode> rows = new LinkedHashMap<>();

  private final Map<ScalarFunction, FunctionBody> bodies = new HashMap<>();
  private final Map<String, FunctionBody> bodiesByName = new HashMap<>();

  private static Map<String, SqlType> types() {
    Map<String, SqlType> types = new HashMap<>();
    for (SqlType.Scalar scalar : SqlType.Scalar.values()) {
      types.put(scalar.shortName(), scalar);
      types.put(scalar.shortName() + "[]", SqlType.arrayOf(scalar));
    }
    types.put(SqlType.OIDVECTOR.sqlName(), SqlType.OIDVECTOR);
    return types;
  }

  void add(String signature, RowFunction code) {
    add(signature, Volatility.IMMUTABLE, new FunctionBody.OfValues(code));
  }

  void add(String signature, FunctionCode code) {
    add(signature, Volatility.IMMUTABLE, new FunctionBody.OfCaller(code, true));
  }

  void add(String signature, Volatility volatility, FunctionCode code) {
    add(signature, volatility, new FunctionBody.OfCaller(code, true));
  }

  /** It goes by the session's settings, time zone or clock. */
  void addStable(String signature, FunctionCode code) {
    add(signature, Volatility.STABLE, new FunctionBody.OfCaller(code, true));
  }

  /** Another call of a statement may answer otherwise, or changes something. */
  void addVolatile(String signature, FunctionCode code) {
    add(signature, Volatility.VOLATILE, new FunctionBody.OfCaller(code, true));
  }

  /** It sees NULL among its arguments. */
  void addLenient(String signature, Volatility volatility, FunctionCode code) {
    add(signature, volatility, new FunctionBody.OfCaller(code, false));
  }

  /** Lenient, of any number of arguments. */
  void addVariadic(VariadicFunction function, FunctionCode code) {
    Invariant.check(
        variadic.put(function.name(), function) == null, "two functions %s", function.name());
    addAnyTypes(function.name(), code);
  }

  /** Lenient code of a name whose calls the analyzer gives types of their own. */
  void addAnyTypes(String name, FunctionCode code) {
    Invariant.check(
        bodiesByName.put(name, new FunctionBody.OfCaller(code, false)) == null,
        "two functions %s",
        name);
  }

  /**
   * @param name which calls {@code function}'s overloads, too
   */
  void alias(String name, String function) {
    aliases.put(name, function);
  }

  /** A function that returns rows of one column; none when an argument is NULL. */
  void addRows(String signature, SeriesCode code) {
    Parsed parsed = parse(signature);
    TableFunction function = new TableFunction(parsed.name, parsed.arguments, parsed.result);
    Invariant.check(rows.put(function, code) == null, "two functions %s", signature);
  }

  /** As {@link #addRows(String, SeriesCode)}, of any types. */
  void addRows(TableFunction function, SeriesCode code) {
    Invariant.check(rows.put(function, code) == null, "two functions %s", function);
  }

  private void add(String signature, Volatility volatility, FunctionBody body) {
    Parsed parsed = parse(signature);
    boolean operator = !Character.isLetter(parsed.name.charAt(0));
    ScalarFunction function =
        new ScalarFunction(parsed.name, parsed.arguments, parsed.result, operator, volatility);
    Invariant.check(bodies.put(function, body) == null, "two functions %s", signature);
    (operator ? operators : functions)
        .computeIfAbsent(parsed.name, name -> new ArrayList<>())
        .add(function);
  }

  private record Parsed(String name, List<SqlType> arguments, SqlType result) {}

  private static Parsed parse(String signature) {
    int open = signature.lastIndexOf('(');
    int close = signature.lastIndexOf(')');
    List<SqlType> arguments = new ArrayList<>();
    if (close > open + 1) {
      for (String type : signature.substring(open + 1, close).split(",")) {
        arguments.add(type(type, signature));
      }
    }
    SqlType result = type(signature.substring(close + 1).strip(), signature);
    return new Parsed(signature.substring(0, open), arguments, result);
  }

  private static SqlType type(String name, String signature) {
    SqlType type = TYPES.get(name);
    Invariant.check(type != null, "no type %s in %s", name, signature);
    return type;
  }

  /** The body of one of these, or null. */
  FunctionBody body(ScalarFunction function) {
    FunctionBody body = bodies.get(function);
    return body != null ? body : bodiesByName.get(function.name());
  }
}
