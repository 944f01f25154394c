// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.vector.Ordering;
import java.util.ArrayList;
import java.util.List;

/** Looking for elements in arrays. NULL is found where a function says that it looks for NULL. */
final class ArraySearch {
  private ArraySearch() {}

  private static boolean same(SqlArray array, Value left, Value right) {
    return Ordering.compareValues(left, right, array.elementType() == SqlType.CHAR) == 0;
  }

  /** {@code array_position(array, element[, first subscript])}. */
  static Value position(Value[] args) {
    if (args[0].equals(Value.NULL)) {
      return Value.NULL;
    }
    if (args.length > 2 && args[2].equals(Value.NULL)) {
      throw new DistDbException(
          ErrorCode.NULL_VALUE_NOT_ALLOWED, "initial position must not be null");
    }
    int start = args.length > 2 ? ArrayParts.whole(args[2]) : Integer.MIN_VALUE;
    List<Integer> found = subscripts(ArrayParts.array(args[0]), args[1], start, true);
    return found.isEmpty() ? Value.NULL : Value.of(found.getFirst().intValue());
  }

  /** {@code array_positions(array, element)}. */
  static Value positions(Value[] args) {
    if (args[0].equals(Value.NULL)) {
      return Value.NULL;
    }
    List<Integer> found = subscripts(ArrayParts.array(args[0]), args[1], Integer.MIN_VALUE, false);
    List<Value> values = new ArrayList<>();
    found.forEach(subscript -> values.add(Value.of(subscript.intValue())));
    return new Value.ArrayValue(SqlArray.of(SqlType.INTEGER, values));
  }

  private static List<Integer> subscripts(
      SqlArray array, Value element, int start, boolean onlyFirst) {
    requireOneDimension(array, "searching for elements in multidimensional arrays");
    List<Integer> found = new ArrayList<>();
    int lower = array.isEmpty() ? 1 : array.dimensions().getFirst().lower();
    for (int i = 0; i < array.elements().size(); i++) {
      if (lower + i >= start && same(array, array.elements().get(i), element)) {
        found.add(lower + i);
        if (onlyFirst) {
          break;
        }
      }
    }
    return found;
  }

  private static void requireOneDimension(SqlArray array, String feature) {
    if (array.dimensions().size() > 1) {
      throw new DistDbException(ErrorCode.FEATURE_NOT_SUPPORTED, feature + " is not supported");
    }
  }

  static Value remove(Value whole, Value element) {
    if (whole.equals(Value.NULL)) {
      return Value.NULL;
    }
    SqlArray array = ArrayParts.array(whole);
    requireOneDimension(array, "removing elements from multidimensional arrays");
    List<Value> kept = new ArrayList<>();
    for (Value candidate : array.elements()) {
      if (!same(array, candidate, element)) {
        kept.add(candidate);
      }
    }
    if (kept.isEmpty()) {
      return new Value.ArrayValue(SqlArray.of(array.elementType(), kept));
    }
    int lower = array.dimensions().getFirst().lower();
    return new Value.ArrayValue(
        new SqlArray(
            array.elementType(), List.of(new SqlArray.Dimension(lower, kept.size())), kept));
  }

  static Value replace(Value whole, Value from, Value to) {
    if (whole.equals(Value.NULL)) {
      return Value.NULL;
    }
    SqlArray array = ArrayParts.array(whole);
    List<Value> replaced = new ArrayList<>();
    array.elements().forEach(element -> replaced.add(same(array, element, from) ? to : element));
    return new Value.ArrayValue(new SqlArray(array.elementType(), array.dimensions(), replaced));
  }

  /** Whether each element of {@code part} is in {@code whole}; NULL is in nothing. */
  static Value contains(SqlArray whole, SqlArray part) {
    for (Value element : part.elements()) {
      if (!has(whole, element)) {
        return Value.FALSE;
      }
    }
    return Value.TRUE;
  }

  static Value overlaps(SqlArray left, SqlArray right) {
    for (Value element : left.elements()) {
      if (has(right, element)) {
        return Value.TRUE;
      }
    }
    return Value.FALSE;
  }

  private static boolean has(SqlArray array, Value element) {
    if (element.equals(Value.NULL)) {
      return false;
    }
    for (Value candidate : array.elements()) {
      if (same(array, candidate, element)) {
        return true;
      }
    }
    return false;
  }

  /** {@code value comparison ANY | ALL (array)}, three-valued. */
  static ArrayFunctions.Code quantified(String name, boolean padded) {
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
