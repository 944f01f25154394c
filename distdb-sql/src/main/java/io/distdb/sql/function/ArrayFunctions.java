// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import static io.distdb.sql.function.ArrayFunctions.Kind.ARRAY;
import static io.distdb.sql.function.ArrayFunctions.Kind.BOOLEAN;
import static io.distdb.sql.function.ArrayFunctions.Kind.ELEMENT;
import static io.distdb.sql.function.ArrayFunctions.Kind.INTEGER;
import static io.distdb.sql.function.ArrayFunctions.Kind.INTEGERS;
import static io.distdb.sql.function.ArrayFunctions.Kind.TEXT;
import static io.distdb.sql.function.ArrayFunctions.Kind.TEXTS;

import io.distdb.api.type.SqlType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Functions and operators over arrays of any element type (PostgreSQL documentation, 9.19). A call
 * gets a {@link ScalarFunction} of its own with the types it has there.
 */
public final class ArrayFunctions {
  /** {@code ARRAY[…]}. */
  public static final String CONSTRUCT = "array";

  /** {@code a[i]}: the array, then a subscript for each dimension. */
  public static final String SUBSCRIPT = "array_subscript";

  /** {@code a[l:u]}: the array, then two bounds for each dimension. */
  public static final String SLICE = "array_slice";

  /** Behind a comparison: with some element. */
  public static final String ANY_OF = " ANY";

  /** Behind a comparison: with every element. */
  public static final String ALL_OF = " ALL";

  /** The type of an argument or result, given the element type. */
  public enum Kind {
    ARRAY,
    ELEMENT,
    INTEGER,
    INTEGERS,
    TEXT,
    TEXTS,
    BOOLEAN;

    /** The type where elements are of {@code element}. */
    public SqlType type(SqlType element) {
      return switch (this) {
        case ARRAY -> new SqlType.Array(element);
        case ELEMENT -> element;
        case INTEGER -> SqlType.INTEGER;
        case INTEGERS -> new SqlType.Array(SqlType.INTEGER);
        case TEXT -> SqlType.TEXT;
        case TEXTS -> new SqlType.Array(SqlType.TEXT);
        case BOOLEAN -> SqlType.BOOLEAN;
      };
    }
  }

  /** A name with the kinds of its arguments. */
  public record Signature(String name, Kind result, List<Kind> arguments) {}

  private static final List<Signature> ALL =
      List.of(
          of("array_append", ARRAY, ARRAY, ELEMENT),
          of("array_prepend", ARRAY, ELEMENT, ARRAY),
          of("array_cat", ARRAY, ARRAY, ARRAY),
          of("array_length", INTEGER, ARRAY, INTEGER),
          of("array_lower", INTEGER, ARRAY, INTEGER),
          of("array_upper", INTEGER, ARRAY, INTEGER),
          of("array_ndims", INTEGER, ARRAY),
          of("array_dims", TEXT, ARRAY),
          of("cardinality", INTEGER, ARRAY),
          of("array_position", INTEGER, ARRAY, ELEMENT),
          of("array_position", INTEGER, ARRAY, ELEMENT, INTEGER),
          of("array_positions", INTEGERS, ARRAY, ELEMENT),
          of("array_remove", ARRAY, ARRAY, ELEMENT),
          of("array_replace", ARRAY, ARRAY, ELEMENT, ELEMENT),
          of("array_to_string", TEXT, ARRAY, TEXT),
          of("array_to_string", TEXT, ARRAY, TEXT, TEXT),
          of("string_to_array", TEXTS, TEXT, TEXT),
          of("string_to_array", TEXTS, TEXT, TEXT, TEXT),
          of("trim_array", ARRAY, ARRAY, INTEGER),
          of("@>", BOOLEAN, ARRAY, ARRAY),
          of("<@", BOOLEAN, ARRAY, ARRAY),
          of("&&", BOOLEAN, ARRAY, ARRAY));

  private static final Map<String, List<Signature>> BY_NAME =
      ALL.stream()
          .collect(Collectors.groupingBy(Signature::name, LinkedHashMap::new, Collectors.toList()));

  private ArrayFunctions() {}

  private static Signature of(String name, Kind result, Kind... arguments) {
    return new Signature(name, result, List.of(arguments));
  }

  /** The signatures of a name; empty when it is none of these. */
  public static List<Signature> named(String name) {
    return BY_NAME.getOrDefault(name, List.of());
  }

  /** One call's function. What depends on the session's zone (text of TIMESTAMPTZ) is STABLE. */
  public static ScalarFunction function(String name, SqlType result, List<SqlType> arguments) {
    boolean zoned =
        name.equals("array_to_string")
            && arguments.getFirst() instanceof SqlType.Array array
            && array.element() == SqlType.TIMESTAMPTZ;
    return new ScalarFunction(
        name, arguments, result, false, zoned ? Volatility.STABLE : Volatility.IMMUTABLE);
  }
}
