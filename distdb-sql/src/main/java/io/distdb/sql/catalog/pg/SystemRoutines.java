// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog.pg;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.catalog.TypeOids;
import io.distdb.sql.function.CatalogNames;
import io.distdb.sql.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Functions, operators and collations by name and number: what REGPROC and its like read. */
public final class SystemRoutines {
  private static final Map<String, Long> COLLATIONS =
      new TreeMap<>(Map.of("default", 100L, "C", 950L, "POSIX", 951L));

  private SystemRoutines() {}

  /** All functions. */
  public static List<CatalogNames.Routine> routines() {
    return PgProc.all().stream()
        .map(words -> new CatalogNames.Routine(words[1], Long.parseLong(words[0])))
        .toList();
  }

  /** Collations by name. */
  public static Map<String, Long> collations() {
    return COLLATIONS;
  }

  /**
   * The one function of that name.
   *
   * @throws DistDbException {@code UNDEFINED_FUNCTION}, {@code AMBIGUOUS_FUNCTION}
   */
  public static long function(String name) {
    List<String[]> found = PgProc.all().stream().filter(words -> words[1].equals(name)).toList();
    return only(found, "function", name);
  }

  private static long only(List<String[]> found, String what, String name) {
    if (found.isEmpty()) {
      throw undefined(what, name);
    }
    if (found.size() > 1) {
      throw new DistDbException(
          ErrorCode.AMBIGUOUS_FUNCTION, "more than one " + what + " named \"" + name + "\"");
    }
    return Long.parseLong(found.getFirst()[0]);
  }

  private static DistDbException undefined(String what, String name) {
    boolean operator = what.equals("operator");
    return new DistDbException(
        ErrorCode.UNDEFINED_FUNCTION,
        operator ? "operator does not exist: " + name : "function \"" + name + "\" does not exist");
  }

  /**
   * A function written with its types: {@code lower(text)}.
   *
   * @throws DistDbException {@code UNDEFINED_FUNCTION}
   */
  public static long functionOf(String text) {
    return PgProc.all().stream()
        .filter(words -> written(words[1], words[2]).equals(withoutSchema(text)))
        .findFirst()
        .map(words -> Long.parseLong(words[0]))
        .orElseThrow(() -> undefined("function", text));
  }

  /**
   * The one operator of that symbol.
   *
   * @throws DistDbException {@code UNDEFINED_FUNCTION}, {@code AMBIGUOUS_FUNCTION}
   */
  public static long operator(String symbol) {
    String bare = withoutSchema(symbol);
    List<String[]> found =
        PgOperator.all().stream().filter(words -> words[1].equals(bare)).toList();
    return only(found, "operator", symbol);
  }

  /**
   * An operator written with its types: {@code +(integer,integer)}.
   *
   * @throws DistDbException {@code UNDEFINED_FUNCTION}
   */
  public static long operatorOf(String text) {
    return PgOperator.all().stream()
        .filter(words -> operands(words).equals(withoutSchema(text)))
        .findFirst()
        .map(words -> Long.parseLong(words[0]))
        .orElseThrow(() -> undefined("operator", text));
  }

  /** The types of the arguments of a function, as CREATE FUNCTION has them. */
  public static Optional<String> arguments(long oid) {
    return find(PgProc.all(), oid)
        .map(words ->
            Stream.of(words[2].split(","))
                .filter(type -> !type.equals("-"))
                .map(SystemRoutines::typeName)
                .collect(Collectors.joining(", ")));
  }

  /** What a function returns, rows told by SETOF. */
  public static Optional<String> result(long oid) {
    return find(PgProc.all(), oid)
        .map(words -> (words[words.length - 1].equals("t") ? "SETOF " : "") + typeName(words[3]));
  }

  private static String withoutSchema(String text) {
    String bare = text.startsWith("pg_catalog.") ? text.substring("pg_catalog.".length()) : text;
    return bare.replace(", ", ",");
  }

  private static String operands(String[] words) {
    String left = words[2].equals("-") ? "NONE" : typeName(words[2]);
    return words[1] + "(" + left + "," + typeName(words[3]) + ")";
  }

  private static String written(String name, String types) {
    List<String> names = new ArrayList<>();
    for (String type : types.split(",")) {
      if (!type.equals("-")) {
        names.add(typeName(type));
      }
    }
    return Texts.identifier(name) + "(" + String.join(",", names) + ")";
  }

  /** As SQL writes a type of {@code pg_type}. */
  private static String typeName(String shortName) {
    return TypeFacts.find(shortName)
        .flatMap(facts -> TypeOids.type(facts.oid()))
        .map(SqlType::sqlName)
        .orElse(shortName);
  }

  /** How {@code type}, REGPROC or REGPROCEDURE, writes a function. */
  public static Optional<String> functionName(SqlType.Scalar type, long oid) {
    return find(PgProc.all(), oid)
        .map(words ->
            type == SqlType.Scalar.REGPROC
                ? Texts.identifier(words[1])
                : written(words[1], words[2]));
  }

  /** How {@code type}, REGOPER or REGOPERATOR, writes an operator. */
  public static Optional<String> operatorName(SqlType.Scalar type, long oid) {
    return find(PgOperator.all(), oid)
        .map(words -> {
          boolean only =
              PgOperator.all().stream().filter(other -> other[1].equals(words[1])).count() == 1;
          String bare = only ? words[1] : "pg_catalog." + words[1];
          return type == SqlType.Scalar.REGOPER ? bare : operands(words);
        });
  }

  private static Optional<String[]> find(List<String[]> all, long oid) {
    String number = Long.toString(oid);
    return all.stream().filter(words -> words[0].equals(number)).findFirst();
  }

  /**
   * @throws DistDbException {@code UNDEFINED_OBJECT}
   */
  public static long collation(String name) {
    Long oid = COLLATIONS.get(name);
    if (oid == null) {
      throw new DistDbException(
          ErrorCode.UNDEFINED_OBJECT,
          "collation \"" + name + "\" for encoding \"UTF8\" does not exist");
    }
    return oid;
  }

  /** The number of the collation of a column; 0 where there is none. */
  static long collationOf(TableColumn column) {
    return column
        .collation()
        .map(COLLATIONS::get)
        .orElseGet(() -> TypeFacts.of(column.type()).collation());
  }

  public static Optional<String> collationName(long oid) {
    return COLLATIONS.entrySet().stream()
        .filter(entry -> entry.getValue() == oid)
        .map(entry -> Texts.identifier(entry.getKey()))
        .findFirst();
  }
}
