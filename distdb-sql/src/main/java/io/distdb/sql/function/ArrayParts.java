// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlArray.Dimension;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Taking arrays apart and putting them together (PostgreSQL documentation, 8.15.3, 9.19). */
final class ArrayParts {
  private ArrayParts() {}

  static SqlArray array(Value value) {
    return ((Value.ArrayValue) value).value();
  }

  static int whole(Value value) {
    return ((Value.IntegerValue) value).value();
  }

  /** The element, or NULL where there is none. */
  static Value subscript(SqlArray array, Value[] args) {
    if (args.length - 1 != array.dimensions().size()) {
      return Value.NULL;
    }
    int at = 0;
    for (int i = 1; i < args.length; i++) {
      Dimension dimension = array.dimensions().get(i - 1);
      long offset = (long) whole(args[i]) - dimension.lower();
      if (offset < 0 || offset >= dimension.length()) {
        return Value.NULL;
      }
      at = at * dimension.length() + (int) offset;
    }
    return array.elements().get(at);
  }

  /** The part within the bounds, its subscripts from 1; dimensions not named are whole. */
  static Value slice(SqlArray array, Value[] args) {
    int named = (args.length - 1) / 2;
    List<Dimension> kept = new ArrayList<>();
    int[] from = new int[array.dimensions().size()];
    boolean empty = named > from.length || from.length == 0;
    for (int i = 0; i < from.length && !empty; i++) {
      Dimension dimension = array.dimensions().get(i);
      int lower = dimension.lower();
      int upper = dimension.upper();
      if (i < named) {
        lower = Math.max(lower, whole(args[1 + i * 2]));
        upper = Math.min(upper, whole(args[2 + i * 2]));
      }
      empty = lower > upper;
      from[i] = lower - dimension.lower();
      if (!empty) {
        kept.add(new Dimension(1, upper - lower + 1));
      }
    }
    if (empty) {
      return new Value.ArrayValue(SqlArray.of(array.elementType(), List.of()));
    }
    List<Value> elements = new ArrayList<>();
    collect(array, kept, from, 0, 0, elements);
    return new Value.ArrayValue(new SqlArray(array.elementType(), kept, elements));
  }

  private static void collect(
      SqlArray array, List<Dimension> kept, int[] from, int depth, int base, List<Value> out) {
    if (depth == kept.size()) {
      out.add(array.elements().get(base));
      return;
    }
    int length = array.dimensions().get(depth).length();
    for (int i = 0; i < kept.get(depth).length(); i++) {
      collect(array, kept, from, depth + 1, base * length + from[depth] + i, out);
    }
  }

  /** An array of arrays of one shape; NULL and empty ones only among themselves. */
  static SqlArray stack(SqlType elementType, Value[] items) {
    List<Value> elements = new ArrayList<>();
    List<Dimension> inner = null;
    for (Value item : items) {
      List<Dimension> shape = item.equals(Value.NULL) ? List.of() : array(item).dimensions();
      if (inner != null && !inner.equals(shape)) {
        throw new DistDbException(
            ErrorCode.ARRAY_SUBSCRIPT_ERROR,
            "multidimensional arrays must have array expressions with matching dimensions");
      }
      inner = shape;
      if (!shape.isEmpty()) {
        elements.addAll(array(item).elements());
      }
    }
    if (inner == null || inner.isEmpty()) {
      return SqlArray.of(elementType, List.of());
    }
    List<Dimension> dimensions = new ArrayList<>();
    dimensions.add(new Dimension(1, items.length));
    dimensions.addAll(inner);
    return new SqlArray(elementType, dimensions, elements);
  }

  static Value append(Value whole, Value element, boolean front) {
    SqlType type = element.type();
    SqlArray array =
        whole.equals(Value.NULL)
            ? SqlArray.of(type == null ? SqlType.TEXT : type, List.of())
            : array(whole);
    if (array.dimensions().size() > 1) {
      throw new DistDbException(
          ErrorCode.DATA_EXCEPTION, "argument must be empty or one-dimensional array");
    }
    List<Value> elements = new ArrayList<>(array.elements());
    elements.add(front ? 0 : elements.size(), element);
    int lower = array.isEmpty() ? 1 : array.dimensions().getFirst().lower();
    return new Value.ArrayValue(
        new SqlArray(
            array.elementType(), List.of(new Dimension(lower, elements.size())), elements));
  }

  /** Of equal shapes but for the first dimension, or of which one is an element of the other. */
  static Value concatenate(Value left, Value right) {
    if (left.equals(Value.NULL) || right.equals(Value.NULL)) {
      return left.equals(Value.NULL) ? right : left;
    }
    SqlArray a = array(left);
    SqlArray b = array(right);
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? right : left;
    }
    List<Value> elements = new ArrayList<>(a.elements());
    elements.addAll(b.elements());
    List<Dimension> dimensions = new ArrayList<>(a.dimensions());
    int more = a.dimensions().size() - b.dimensions().size();
    Dimension first = a.dimensions().getFirst();
    List<Dimension> innerA = a.dimensions().subList(1, a.dimensions().size());
    List<Dimension> innerB = b.dimensions().subList(1, b.dimensions().size());
    boolean fits;
    if (more == 0) {
      fits = innerA.equals(innerB);
      dimensions.set(
          0, new Dimension(first.lower(), first.length() + b.dimensions().getFirst().length()));
    } else if (more == 1) {
      fits = innerA.equals(b.dimensions());
      dimensions.set(0, new Dimension(first.lower(), first.length() + 1));
    } else {
      fits = more == -1 && innerB.equals(a.dimensions());
      dimensions = new ArrayList<>(b.dimensions());
      Dimension outer = b.dimensions().getFirst();
      dimensions.set(0, new Dimension(outer.lower(), outer.length() + 1));
    }
    if (!fits) {
      throw new DistDbException(
          ErrorCode.ARRAY_SUBSCRIPT_ERROR, "cannot concatenate incompatible arrays");
    }
    return new Value.ArrayValue(new SqlArray(a.elementType(), dimensions, elements));
  }

  /** What is asked of a dimension from 1; NULL when there is none of that number. */
  static Value extent(SqlArray array, int dimension, ToIntFunction<Dimension> of) {
    return dimension < 1 || dimension > array.dimensions().size()
        ? Value.NULL
        : Value.of(of.applyAsInt(array.dimensions().get(dimension - 1)));
  }

  /** Without the last {@code count} of the first dimension. */
  static Value trim(SqlArray array, int count) {
    int length = array.isEmpty() ? 0 : array.dimensions().getFirst().length();
    if (count < 0 || count > length) {
      throw new DistDbException(
          ErrorCode.ARRAY_SUBSCRIPT_ERROR,
          "number of elements to trim must be between 0 and " + length);
    }
    if (count == length) {
      return new Value.ArrayValue(SqlArray.of(array.elementType(), List.of()));
    }
    List<Dimension> dimensions = new ArrayList<>(array.dimensions());
    dimensions.set(0, new Dimension(dimensions.getFirst().lower(), length - count));
    int kept = array.elements().size() / length * (length - count);
    return new Value.ArrayValue(
        new SqlArray(array.elementType(), dimensions, array.elements().subList(0, kept)));
  }
}
