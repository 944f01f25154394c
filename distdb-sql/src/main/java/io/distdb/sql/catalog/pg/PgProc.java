// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.api.type.SqlType;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.function.Environment;
import io.distdb.sql.function.FunctionRegistry;
import io.distdb.sql.function.ScalarFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code pg_proc}: the functions of PostgreSQL that DistDB has too, under their numbers ({@code
 * functions.txt}: number, name, arguments, result, kind, volatility, strict, returns a set), and
 * those by which types are read and written there.
 */
final class PgProc {
  private static final double ROWS_OF_SET = 1000;

  private static final Set<String> ORDERED =
      Set.of(
          "percentile_cont",
          "percentile_disc",
          "mode",
          "rank",
          "dense_rank",
          "percent_rank",
          "cume_dist");

  /** Lazily, on first use of the holder: the registry is large. */
  private static final class Holder {
    static final List<String[]> ALL = List.copyOf(make());
    static final Map<String, Long> OIDS = oids(ALL);

    private Holder() {}
  }

  private PgProc() {}

  private static List<String[]> make() {
    Set<String> names = new HashSet<>(FunctionRegistry.names());
    Set<String> ofTypes =
        new HashSet<>(List.of("heap_tableam_handler", "bthandler", "hashhandler"));
    for (TypeFacts type : TypeFacts.all()) {
      ofTypes.addAll(type.functions());
      ofTypes.add(type.subscript());
    }
    List<String[]> all = new ArrayList<>();
    for (String[] words : Facts.lines("functions.txt")) {
      boolean known = ofTypes.contains(words[1]) || words[4].equals("w");
      if (known || names.contains(words[1]) && isThere(words)) {
        all.add(words);
      }
    }
    return all;
  }

  private static Map<String, Long> oids(List<String[]> all) {
    Map<String, Long> oids = new HashMap<>();
    all.forEach(words -> oids.putIfAbsent(words[1], Long.parseLong(words[0])));
    return oids;
  }

  /** Whether there is an overload for these types; those of any type are there by their names. */
  private static boolean isThere(String[] words) {
    if (words[2].contains("any") || words[2].contains("record")) {
      return true;
    }
    if (words[4].equals("a")) {
      return !FunctionRegistry.aggregates(words[1]).isEmpty();
    }
    boolean other =
        FunctionRegistry.variadic(words[1]).isPresent()
            || !FunctionRegistry.tableFunctions(words[1]).isEmpty();
    List<ScalarFunction> functions = FunctionRegistry.functions(words[1]);
    return other || functions.isEmpty() || functions.stream().anyMatch(f -> matches(f, words[2]));
  }

  private static boolean matches(ScalarFunction function, String types) {
    List<String> names = function.argumentTypes().stream().map(SqlType::shortName).toList();
    return String.join(",", names).equals(types.equals("-") ? "" : types);
  }

  static List<String[]> all() {
    return Holder.ALL;
  }

  /** The number of the first function of that name; 0 when there is none. */
  static long oidOf(String name) {
    return Holder.OIDS.getOrDefault(name, 0L);
  }

  /** Whether an aggregate of that name is called WITHIN GROUP. */
  static boolean isOrdered(String name) {
    return ORDERED.contains(name);
  }

  static void addTo(PgRows rows, Environment environment) {
    for (String[] words : Holder.ALL) {
      List<Long> arguments = types(words[2]);
      boolean returnsSet = Facts.isTrue(words[7]);
      rows.add()
          .set("oid", Long.parseLong(words[0]))
          .set("proname", words[1])
          .set("pronamespace", Oids.PG_CATALOG)
          .set("proowner", Oids.BOOTSTRAP_ROLE)
          .set("prolang", PgLanguage.INTERNAL)
          .set("procost", 1)
          .set("prorows", returnsSet ? ROWS_OF_SET : 0)
          .set("prokind", words[4])
          .set("proisstrict", Facts.isTrue(words[6]))
          .set("proretset", returnsSet)
          .set("provolatile", words[5])
          .set("proparallel", "s")
          .set("pronargs", arguments.size())
          .set("prorettype", TypeFacts.find(words[3]).map(TypeFacts::oid).orElse(0L))
          .set("proargtypes", arguments)
          .set("prosrc", words[1]);
    }
  }

  private static List<Long> types(String names) {
    List<Long> types = new ArrayList<>();
    for (String name : names.split(",")) {
      if (!name.equals("-")) {
        types.add(TypeFacts.find(name).map(TypeFacts::oid).orElse(0L));
      }
    }
    return types;
  }
}
