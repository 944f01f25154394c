// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import static io.distdb.sql.function.ArrayFunctions.Kind.ARRAY;
import static io.distdb.sql.function.ArrayFunctions.Kind.BOOLEAN;
import static io.distdb.sql.function.ArrayFunctions.Kind.ELEMENT;
import static io.distdb.sql.function.ArrayFunctions.Kind.INTEGER;
import static io.distdb.sql.function.ArrayFunctions.Kind.INTEGERS;
import static io.distdb.sql.function.ArrayFunctions.Kind.TEXT;
import static io.distdb.sql.function.ArrayFunctions.Kind.TEXTS;

import io.distdb.api.error.Invariant;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.vector.Values;
import io.distdb.sql.vector.Vector;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

  /** A function of whole values, NULL among them. */
  interface Code {
    Value apply(Value[] arguments, Environment environment);
  }

  private interface OfArray {
    Value apply(SqlArray array, Value[] arguments);
  }

  /** A name with the kinds of its arguments, and how it is computed. */
  public record Signature(String name, Kind result, List<Kind> arguments, Code code) {}

  private static final Map<String, List<Signature>> BY_NAME =
      Stream.of(building(), shape(), searching(), texts())
          .flatMap(List::stream)
          .collect(Collectors.groupingBy(Signature::name, LinkedHashMap::new, Collectors.toList()));

  private ArrayFunctions() {}

  private static Signature of(String name, Kind result, Code code, Kind... arguments) {
    return new Signature(name, result, List.of(arguments), code);
  }

  private static List<Signature> building() {
    return List.of(
        of("array_append", ARRAY, (a, e) -> ArrayParts.append(a[0], a[1], false), ARRAY, ELEMENT),
        of("array_prepend", ARRAY, (a, e) -> ArrayParts.append(a[1], a[0], true), ELEMENT, ARRAY),
        of("array_cat", ARRAY, (a, e) -> ArrayParts.concatenate(a[0], a[1]), ARRAY, ARRAY),
        of("array_remove", ARRAY, (a, e) -> ArraySearch.remove(a[0], a[1]), ARRAY, ELEMENT),
        of(
            "array_replace",
            ARRAY,
            (a, e) -> ArraySearch.replace(a[0], a[1], a[2]),
            ARRAY,
            ELEMENT,
            ELEMENT),
        of(
            "trim_array",
            ARRAY,
            strict((array, a) -> ArrayParts.trim(array, ArrayParts.whole(a[1]))),
            ARRAY,
            INTEGER));
  }

  private static List<Signature> shape() {
    return List.of(
        of("array_length", INTEGER, extent(SqlArray.Dimension::length), ARRAY, INTEGER),
        of("array_lower", INTEGER, extent(SqlArray.Dimension::lower), ARRAY, INTEGER),
        of("array_upper", INTEGER, extent(SqlArray.Dimension::upper), ARRAY, INTEGER),
        of(
            "array_ndims",
            INTEGER,
            strict(
                (array, a) -> array.isEmpty() ? Value.NULL : Value.of(array.dimensions().size())),
            ARRAY),
        of("array_dims", TEXT, strict((array, a) -> ArrayTexts.dimensions(array)), ARRAY),
        of("cardinality", INTEGER, strict((array, a) -> Value.of(array.elements().size())), ARRAY));
  }

  private static List<Signature> searching() {
    Code position = (a, e) -> ArraySearch.position(a);
    return List.of(
        of("array_position", INTEGER, position, ARRAY, ELEMENT),
        of("array_position", INTEGER, position, ARRAY, ELEMENT, INTEGER),
        of("array_positions", INTEGERS, (a, e) -> ArraySearch.positions(a), ARRAY, ELEMENT),
        of(
            "@>",
            BOOLEAN,
            strict((array, a) -> ArraySearch.contains(array, ArrayParts.array(a[1]))),
            ARRAY,
            ARRAY),
        of(
            "<@",
            BOOLEAN,
            strict((array, a) -> ArraySearch.contains(ArrayParts.array(a[1]), array)),
            ARRAY,
            ARRAY),
        of(
            "&&",
            BOOLEAN,
            strict((array, a) -> ArraySearch.overlaps(array, ArrayParts.array(a[1]))),
            ARRAY,
            ARRAY));
  }

  private static List<Signature> texts() {
    Code join = (a, e) -> ArrayTexts.join(a, e.style());
    Code split = (a, e) -> ArrayTexts.split(a);
    return List.of(
        of("array_to_string", TEXT, join, ARRAY, TEXT),
        of("array_to_string", TEXT, join, ARRAY, TEXT, TEXT),
        of("string_to_array", TEXTS, split, TEXT, TEXT),
        of("string_to_array", TEXTS, split, TEXT, TEXT, TEXT));
  }

  private static Code extent(ToIntFunction<SqlArray.Dimension> of) {
    return strict((array, a) -> ArrayParts.extent(array, ArrayParts.whole(a[1]), of));
  }

  /** Of an array first, and no NULL. */
  private static Code strict(OfArray function) {
    return (a, e) -> {
      for (Value argument : a) {
        if (argument.equals(Value.NULL)) {
          return Value.NULL;
        }
      }
      return function.apply(ArrayParts.array(a[0]), a);
    };
  }

  /** The signatures of a name; empty when it is none of these. */
  public static List<Signature> named(String name) {
    return BY_NAME.getOrDefault(name, List.of());
  }

  /** The names of functions, without operators. */
  static List<String> names() {
    return BY_NAME.keySet().stream().filter(name -> Character.isLetter(name.charAt(0))).toList();
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

  /** The body of a {@link #function}. */
  static FunctionBody body(ScalarFunction function) {
    Code code = code(function);
    SqlType[] types = function.argumentTypes().toArray(SqlType[]::new);
    return new FunctionBody.OfCaller(
        (x, r, i, a) -> {
          Value[] values = new Value[a.length];
          for (int n = 0; n < values.length; n++) {
            values[n] = typed(types[n], a[n], i);
          }
          r.set(i, code.apply(values, x.environment()));
        },
        false);
  }

  /** A narrower number's vector may stand for a wider one's. */
  private static Value typed(SqlType type, Vector vector, int row) {
    return !vector.nulls[row] && vector.longs != null
        ? Values.of(type, vector.longs[row])
        : vector.get(row);
  }

  private static Code code(ScalarFunction function) {
    String name = function.name();
    if (name.endsWith(ANY_OF) || name.endsWith(ALL_OF)) {
      return ArraySearch.quantified(name, function.argumentTypes().getFirst() == SqlType.CHAR);
    }
    return switch (name) {
      case CONSTRUCT -> construct(function);
      case SUBSCRIPT -> strict(ArrayParts::subscript);
      case SLICE -> strict(ArrayParts::slice);
      default -> {
        Invariant.check(BY_NAME.containsKey(name), "no code for %s", function);
        yield BY_NAME.get(name).getFirst().code();
      }
    };
  }

  private static Code construct(ScalarFunction function) {
    SqlType.Array type = (SqlType.Array) function.resultType();
    boolean nested =
        !function.argumentTypes().isEmpty()
            && function.argumentTypes().getFirst() instanceof SqlType.Array;
    return (a, e) ->
        new Value.ArrayValue(
            nested ? ArrayParts.stack(type.element(), a) : SqlArray.of(type.element(), List.of(a)));
  }
}
