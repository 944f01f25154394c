// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlType;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Every function, operator and aggregate by name. A family adds itself, signatures with code, in a
 * file of its own; the analyzer chooses among the overloads, and the compiler asks for the {@link
 * #body} of what it chose.
 */
public final class FunctionRegistry {
  private static final FunctionTable TABLE = table();
  private static final Map<String, List<AggregateFunction>> AGGREGATES = new LinkedHashMap<>();

  static {
    for (AggregateFunction aggregate : Aggregates.ALL) {
      AGGREGATES.computeIfAbsent(aggregate.name(), name -> new ArrayList<>()).add(aggregate);
    }
  }

  private FunctionRegistry() {}

  private static FunctionTable table() {
    FunctionTable table = new FunctionTable();
    IntegerFunctions.addTo(table);
    DoubleFunctions.addTo(table);
    NumericFunctions.addTo(table);
    BitOperators.addTo(table);
    MathFunctions.addTo(table);
    TrigonometryFunctions.addTo(table);
    TextFunctions.addTo(table);
    CharacterFunctions.addTo(table);
    ByteaFunctions.addTo(table);
    RegexFunctions.addTo(table);
    RegexSearchFunctions.addTo(table);
    DateTimeOperators.addTo(table);
    DateTimeFunctions.addTo(table);
    DateFieldFunctions.addTo(table);
    OverlapsFunctions.addTo(table);
    TemplateFunctions.addTo(table);
    SessionFunctions.addTo(table);
    SequenceFunctions.addTo(table);
    WaitFunctions.addTo(table);
    NotifyFunctions.addTo(table);
    AdvisoryFunctions.addTo(table);
    SnapshotFunctions.addTo(table);
    CommitFunctions.addTo(table);
    ClusterFunctions.addTo(table);
    LockFunctions.addTo(table);
    VariadicFunctions.addTo(table);
    SeriesFunctions.addTo(table);
    SplitFunctions.addTo(table);
    RowFunctions.addTo(table);
    DefinitionFunctions.addTo(table);
    ObjectFunctions.addTo(table);
    SizeFunctions.addTo(table);
    ServerFunctions.addTo(table);
    StateFunctions.addTo(table);
    AclTexts.addTo(table);
    CatalogSeries.addTo(table);
    JsonFunctions.addTo(table);
    PrivilegeFunctions.addTo(table);
    return table;
  }

  /** How a function is computed that the analyzer resolved. */
  public static FunctionBody body(ScalarFunction function) {
    FunctionBody body = TABLE.body(function);
    return body != null ? body : ArrayFunctions.body(function);
  }

  /** Overloads of an operator, of one operand or of two. */
  public static List<ScalarFunction> operators(String symbol) {
    return Collections.unmodifiableList(TABLE.operators.getOrDefault(symbol, List.of()));
  }

  /** Overloads of a function; empty when there is none of that name or second name. */
  public static List<ScalarFunction> functions(String name) {
    List<ScalarFunction> own = TABLE.functions.getOrDefault(name, List.of());
    String other = TABLE.aliases.get(name);
    if (other == null) {
      return Collections.unmodifiableList(own);
    }
    List<ScalarFunction> both = new ArrayList<>(TABLE.functions.getOrDefault(other, List.of()));
    both.addAll(own);
    return both;
  }

  /** The function of any number of arguments of that name. */
  public static Optional<VariadicFunction> variadic(String name) {
    return Optional.ofNullable(TABLE.variadic.get(name));
  }

  /** Overloads of a function that returns rows; empty when there is none of that name. */
  public static List<TableFunction> tableFunctions(String name) {
    return TABLE.rows.keySet().stream().filter(function -> function.name().equals(name)).toList();
  }

  /**
   * The rows of a call.
   *
   * @param arguments their values in row 0
   */
  public static Series open(TableFunction function, Vector[] arguments, Environment environment) {
    for (Vector argument : arguments) {
      if (argument.nulls[0]) {
        return (target, at) -> false;
      }
    }
    return TABLE.rows.get(function).open(arguments, environment);
  }

  /** Overloads of an aggregate; empty when there is none of that name. */
  public static List<AggregateFunction> aggregates(String name) {
    return Collections.unmodifiableList(AGGREGATES.getOrDefault(name, List.of()));
  }

  /** The aggregate over arrays of {@code type}; empty when there is none. */
  public static Optional<AggregateFunction> aggregateOfArrays(String name, SqlType.Array type) {
    return switch (name) {
      case "count" -> Optional.of(new AggregateFunction(name, List.of(type), SqlType.BIGINT));
      case "array_agg", "min", "max" ->
          Optional.of(new AggregateFunction(name, List.of(type), type));
      default -> Optional.empty();
    };
  }

  /** The aggregate over rows of {@code type}; empty when there is none. */
  public static Optional<AggregateFunction> aggregateOfRows(String name, RowType type) {
    return name.equals("count")
        ? Optional.of(new AggregateFunction(name, List.of(type), SqlType.BIGINT))
        : Optional.empty();
  }

  /** All aggregates. */
  public static List<AggregateFunction> aggregates() {
    return AGGREGATES.values().stream().flatMap(List::stream).toList();
  }

  /** Names that can be called, sorted. */
  public static List<String> names() {
    TreeSet<String> names = new TreeSet<>(TABLE.functions.keySet());
    names.addAll(TABLE.aliases.keySet());
    names.addAll(TABLE.variadic.keySet());
    names.addAll(ArrayFunctions.names());
    TABLE.rows.keySet().forEach(function -> names.add(function.name()));
    names.addAll(AGGREGATES.keySet());
    return List.copyOf(names);
  }
}
