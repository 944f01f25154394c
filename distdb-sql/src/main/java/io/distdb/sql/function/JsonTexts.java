// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlRow;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.datetime.DateStyle;
import io.distdb.sql.setting.TextStyle;
import java.util.List;

/**
 * Values as JSON (PostgreSQL documentation, 9.16.1; RFC 8259). Dates and times are written as ISO
 * 8601 has them, whatever the session's style is.
 */
final class JsonTexts {
  private final StringBuilder json = new StringBuilder();
  private final TextStyle style;

  /**
   * @param style of the session
   */
  JsonTexts(TextStyle style) {
    this.style = style;
  }

  @Override
  public String toString() {
    return json.toString();
  }

  JsonTexts raw(String text) {
    json.append(text);
    return this;
  }

  /** A value, which is of {@code type}. */
  JsonTexts value(Value value, SqlType type) {
    switch (value) {
      case Value.BooleanValue truth -> json.append(truth.value());
      case Value.SmallintValue ignored -> json.append(text(value));
      case Value.IntegerValue ignored -> json.append(text(value));
      case Value.BigintValue ignored -> json.append(text(value));
      case Value.RealValue number -> number(text(value), Float.isFinite(number.value()));
      case Value.DoubleValue number -> number(text(value), Double.isFinite(number.value()));
      case Value.NumericValue number -> number(text(value), number.value().isFinite());
      case Value.ArrayValue(SqlArray array) -> array(array);
      case Value.RowValue(SqlRow row) -> row(row);
      case Value.DateValue ignored -> quoted(iso(value));
      case Value.TimestampValue ignored -> quoted(iso(value).replaceFirst(" ", "T"));
      case Value.TimestamptzValue ignored -> quoted(zoned(iso(value).replaceFirst(" ", "T")));
      default -> other(value, type);
    }
    return this;
  }

  private void other(Value value, SqlType type) {
    if (value.equals(Value.NULL)) {
      json.append("null");
    } else if (type == SqlType.Scalar.JSON) {
      json.append(text(value));
    } else {
      quoted(text(value));
    }
  }

  private String text(Value value) {
    return TypeOutput.text(value, style);
  }

  private String iso(Value value) {
    TextStyle plain =
        new TextStyle(
            style.zone(),
            DateStyle.ISO,
            style.order(),
            style.intervals(),
            style.hex(),
            style.floatDigits());
    return TypeOutput.text(value, plain);
  }

  /** An offset has its minutes. */
  private static String zoned(String text) {
    int at = Math.max(text.lastIndexOf('+'), text.lastIndexOf('-'));
    boolean hours = at > text.indexOf('T') && text.indexOf('T') > 0 && at + 3 == text.length();
    return hours ? text + ":00" : text;
  }

  private void array(SqlArray array) {
    if (array.isEmpty()) {
      json.append("[]");
    } else {
      part(array, 0, 0);
    }
  }

  /** From the element {@code at} on, the part that the dimension {@code depth} has of it. */
  private int part(SqlArray array, int depth, int at) {
    int next = at;
    for (int i = 0; i < array.dimensions().get(depth).length(); i++) {
      json.append(i == 0 ? '[' : ',');
      if (depth + 1 < array.dimensions().size()) {
        next = part(array, depth + 1, next);
      } else {
        value(array.elements().get(next++), array.elementType());
      }
    }
    json.append(']');
    return next;
  }

  private void row(SqlRow row) {
    List<RowType.Field> fields = row.type().fields();
    json.append('{');
    for (int i = 0; i < fields.size(); i++) {
      json.append(i == 0 ? "" : ",");
      quoted(fields.get(i).name());
      json.append(':');
      value(row.values().get(i), fields.get(i).type());
    }
    json.append('}');
  }

  /** JSON has no infinities. */
  private void number(String text, boolean finite) {
    if (finite) {
      json.append(text);
    } else {
      quoted(text);
    }
  }

  /** A string. */
  JsonTexts quoted(String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\f' -> json.append("\\f");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> json.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
      }
    }
    json.append('"');
    return this;
  }
}
