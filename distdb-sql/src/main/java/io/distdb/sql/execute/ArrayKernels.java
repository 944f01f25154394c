// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.function.ArrayFunctions;
import io.distdb.sql.function.Environment;
import io.distdb.sql.function.ScalarFunction;
import java.util.List;

/** Finds the code of functions over arrays: all of them look after NULL themselves. */
final class ArrayKernels {
  private ArrayKernels() {}

  /** A function of whole values, NULL among them. */
  private interface OfValues {
    Value apply(Value[] arguments, Environment environment);
  }

  /** The kernel, or null when the function is not about arrays. */
  static Kernel find(ScalarFunction function, List<Kernel> arguments, int register) {
    OfValues code = code(function);
    if (code == null) {
      return null;
    }
    SqlType[] types = function.argumentTypes().toArray(SqlType[]::new);
    return new LenientKernel(
        register,
        function.resultType(),
        arguments,
        (environment, result, row, vectors) -> {
          Value[] values = new Value[vectors.length];
          for (int i = 0; i < values.length; i++) {
            values[i] = typed(types[i], vectors[i], row);
          }
          result.set(row, code.apply(values, environment));
        });
  }

  /** A narrower number's vector may stand for a wider one's. */
  private static Value typed(SqlType type, Vector vector, int row) {
    return !vector.nulls[row] && vector.longs != null
        ? Values.of(type, vector.longs[row])
        : vector.get(row);
  }

  private static OfValues code(ScalarFunction function) {
    String name = function.name();
    if (name.endsWith(ArrayFunctions.ANY_OF) || name.endsWith(ArrayFunctions.ALL_OF)) {
      return quantified(name, function.argumentTypes().getFirst() == SqlType.CHAR);
    }
    return switch (name) {
      case ArrayFunctions.CONSTRUCT -> construct(function);
      case ArrayFunctions.SUBSCRIPT -> strict(ArrayParts::subscript);
      case ArrayFunctions.SLICE -> strict(ArrayParts::slice);
      case "array_append" -> (args, environment) -> ArrayParts.append(args[0], args[1], false);
      case "array_prepend" -> (args, environment) -> ArrayParts.append(args[1], args[0], true);
      case "array_cat" -> (args, environment) -> ArrayParts.concatenate(args[0], args[1]);
      case "string_to_array" -> (args, environment) -> ArrayTexts.split(args);
      case "array_to_string" -> (args, environment) -> ArrayTexts.join(args, environment.zone());
      default -> ofOneArray(name);
    };
  }

  private static OfValues ofOneArray(String name) {
    return switch (name) {
      case "array_length", "array_lower", "array_upper" ->
          strict((array, args) -> ArrayParts.extent(name, array, ArrayParts.whole(args[1])));
      case "array_ndims" ->
          strict(
              (array, args) -> array.isEmpty() ? Value.NULL : Value.of(array.dimensions().size()));
      case "array_dims" -> strict((array, args) -> ArrayTexts.dimensions(array));
      case "cardinality" -> strict((array, args) -> Value.of(array.elements().size()));
      case "trim_array" ->
          strict((array, args) -> ArrayParts.trim(array, ArrayParts.whole(args[1])));
      case "array_position" -> (args, environment) -> ArraySearch.position(args);
      case "array_positions" -> (args, environment) -> ArraySearch.positions(args);
      case "array_remove" -> (args, environment) -> ArraySearch.remove(args[0], args[1]);
      case "array_replace" -> (args, environment) -> ArraySearch.replace(args[0], args[1], args[2]);
      case "@>" -> strict((array, args) -> ArraySearch.contains(array, ArrayParts.array(args[1])));
      case "<@" -> strict((array, args) -> ArraySearch.contains(ArrayParts.array(args[1]), array));
      case "&&" -> strict((array, args) -> ArraySearch.overlaps(array, ArrayParts.array(args[1])));
      default -> null;
    };
  }

  private interface OfArray {
    Value apply(SqlArray array, Value[] arguments);
  }

  private static OfValues strict(OfArray function) {
    return (args, environment) -> {
      for (Value argument : args) {
        if (argument.equals(Value.NULL)) {
          return Value.NULL;
        }
      }
      return function.apply(ArrayParts.array(args[0]), args);
    };
  }

  private static OfValues construct(ScalarFunction function) {
    SqlType.Array type = (SqlType.Array) function.resultType();
    boolean nested =
        !function.argumentTypes().isEmpty()
            && function.argumentTypes().getFirst() instanceof SqlType.Array;
    return (args, environment) ->
        new Value.ArrayValue(
            nested
                ? ArrayParts.stack(type.element(), args)
                : SqlArray.of(type.element(), List.of(args)));
  }

  /** {@code value comparison ANY | ALL (array)}, three-valued. */
  private static OfValues quantified(String name, boolean padded) {
    boolean all = name.endsWith(ArrayFunctions.ALL_OF);
    String comparison = name.substring(0, name.indexOf(' '));
    return (args, environment) -> {
      if (args[1].equals(Value.NULL)) {
        return Value.NULL;
      }
      boolean unknown = false;
      for (Value element : ArrayParts.array(args[1]).elements()) {
        if (element.equals(Value.NULL) || args[0].equals(Value.NULL)) {
          unknown = true;
        } else if (holds(comparison, Ordering.compareValues(args[0], element, padded)) != all) {
          return Value.of(!all);
        }
      }
      return unknown ? Value.NULL : Value.of(all);
    };
  }

  private static boolean holds(String comparison, int order) {
    return switch (comparison) {
      case "=" -> order == 0;
      case "<>" -> order != 0;
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }
}
