// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Every function, operator and aggregate by name. A family adds itself in a file of its own; the
 * analyzer chooses among the overloads, and {@code execute} has a kernel for each of {@link
 * #scalars} and {@link #aggregates}.
 */
public final class FunctionRegistry {
  private static final Map<String, List<ScalarFunction>> OPERATORS = new LinkedHashMap<>();
  private static final Map<String, List<ScalarFunction>> FUNCTIONS = new LinkedHashMap<>();
  private static final Map<String, List<AggregateFunction>> AGGREGATES = new LinkedHashMap<>();

  /** Second names, so that one kernel serves both. */
  private static final Map<String, String> ALIASES = new LinkedHashMap<>();

  static {
    add(OPERATORS, ArithmeticOperators.ALL);
    add(OPERATORS, TextFunctions.OPERATORS);
    add(OPERATORS, DateTimeFunctions.OPERATORS);
    add(OPERATORS, MoreTextFunctions.OPERATORS);
    add(OPERATORS, MoreMathFunctions.OPERATORS);
    add(FUNCTIONS, MathFunctions.ALL);
    add(FUNCTIONS, TextFunctions.ALL);
    add(FUNCTIONS, DateTimeFunctions.ALL);
    add(FUNCTIONS, MoreTextFunctions.ALL);
    add(FUNCTIONS, MoreMathFunctions.ALL);
    add(FUNCTIONS, SessionFunctions.ALL);
    add(FUNCTIONS, SequenceFunctions.ALL);
    ALIASES.put("ceiling", "ceil");
    ALIASES.put("char_length", "length");
    ALIASES.put("character_length", "length");
    ALIASES.put("position", "strpos");
    ALIASES.put("pow", "power");
    ALIASES.put("substring", "substr");
    ALIASES.put("trim", "btrim");
    for (AggregateFunction aggregate : Aggregates.ALL) {
      AGGREGATES.computeIfAbsent(aggregate.name(), name -> new ArrayList<>()).add(aggregate);
    }
  }

  private FunctionRegistry() {}

  private static void add(
      Map<String, List<ScalarFunction>> family, Collection<ScalarFunction> functions) {
    for (ScalarFunction function : functions) {
      family.computeIfAbsent(function.name(), name -> new ArrayList<>()).add(function);
    }
  }

  /** Overloads of an operator, of one operand or of two. */
  public static List<ScalarFunction> operators(String symbol) {
    return Collections.unmodifiableList(OPERATORS.getOrDefault(symbol, List.of()));
  }

  /** Overloads of a function; empty when there is none of that name or second name. */
  public static List<ScalarFunction> functions(String name) {
    List<ScalarFunction> own = FUNCTIONS.getOrDefault(name, List.of());
    String other = ALIASES.get(name);
    if (other == null) {
      return Collections.unmodifiableList(own);
    }
    List<ScalarFunction> both = new ArrayList<>(FUNCTIONS.getOrDefault(other, List.of()));
    both.addAll(own);
    return both;
  }

  /** Overloads of an aggregate; empty when there is none of that name. */
  public static List<AggregateFunction> aggregates(String name) {
    return Collections.unmodifiableList(AGGREGATES.getOrDefault(name, List.of()));
  }

  /** The aggregate over arrays of {@code type}; empty when there is none. */
  public static Optional<AggregateFunction> aggregateOfArrays(String name, SqlType.Array type) {
    return switch (name) {
      case "count" -> Optional.of(new AggregateFunction(name, List.of(type), SqlType.BIGINT));
      case "min", "max" -> Optional.of(new AggregateFunction(name, List.of(type), type));
      default -> Optional.empty();
    };
  }

  /** All scalar functions and operators. */
  public static List<ScalarFunction> scalars() {
    List<ScalarFunction> all = new ArrayList<>();
    OPERATORS.values().forEach(all::addAll);
    FUNCTIONS.values().forEach(all::addAll);
    return all;
  }

  /** All aggregates. */
  public static List<AggregateFunction> aggregates() {
    return AGGREGATES.values().stream().flatMap(List::stream).toList();
  }

  /** Names that can be called, sorted. */
  public static List<String> names() {
    TreeSet<String> names = new TreeSet<>(FUNCTIONS.keySet());
    names.addAll(ALIASES.keySet());
    names.addAll(AGGREGATES.keySet());
    return List.copyOf(names);
  }
}
