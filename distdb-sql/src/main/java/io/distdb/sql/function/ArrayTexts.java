// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.setting.TextStyle;
import java.util.ArrayList;
import java.util.List;

/** Arrays to text and back, by separators. */
final class ArrayTexts {
  private ArrayTexts() {}

  private static String text(Value value) {
    return value.equals(Value.NULL) ? null : ((Value.TextValue) value).value();
  }

  /**
   * {@code string_to_array(text, separator[, null text])}: no separator splits into characters, an
   * empty one not at all.
   */
  static Value split(Value[] args) {
    String text = text(args[0]);
    if (text == null) {
      return Value.NULL;
    }
    String none = args.length > 2 ? text(args[2]) : null;
    List<Value> parts = new ArrayList<>();
    for (String part : parts(text, text(args[1]))) {
      parts.add(part.equals(none) ? Value.NULL : Value.of(part));
    }
    return new Value.ArrayValue(SqlArray.of(SqlType.TEXT, parts));
  }

  private static List<String> parts(String text, String separator) {
    List<String> parts = new ArrayList<>();
    if (text.isEmpty()) {
      return parts;
    }
    if (separator == null) {
      text.codePoints().forEach(c -> parts.add(Character.toString(c)));
      return parts;
    }
    int from = 0;
    while (!separator.isEmpty()) {
      int to = text.indexOf(separator, from);
      if (to < 0) {
        break;
      }
      parts.add(text.substring(from, to));
      from = to + separator.length();
    }
    parts.add(text.substring(from));
    return parts;
  }

  /** {@code array_to_string(array, separator[, null text])}: without a text NULLs are left out. */
  static Value join(Value[] args, TextStyle style) {
    if (args[0].equals(Value.NULL) || args[1].equals(Value.NULL)) {
      return Value.NULL;
    }
    String none = args.length > 2 ? text(args[2]) : null;
    List<String> parts = new ArrayList<>();
    for (Value element : ArrayParts.array(args[0]).elements()) {
      String part = element.equals(Value.NULL) ? none : TypeOutput.text(element, style);
      if (part != null) {
        parts.add(part);
      }
    }
    return Value.of(String.join(text(args[1]), parts));
  }

  /** {@code [1:2][1:3]}; NULL when empty. */
  static Value dimensions(SqlArray array) {
    if (array.isEmpty()) {
      return Value.NULL;
    }
    StringBuilder out = new StringBuilder();
    array
        .dimensions()
        .forEach(d -> out.append('[').append(d.lower()).append(':').append(d.upper()).append(']'));
    return Value.of(out.toString());
  }
}
