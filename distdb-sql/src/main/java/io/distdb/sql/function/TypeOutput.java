// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.Bytes;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlRow;
import io.distdb.api.type.Value;
import io.distdb.sql.datetime.DateTimeText;
import io.distdb.sql.datetime.IntervalStyles;
import io.distdb.sql.datetime.StyledText;
import io.distdb.sql.setting.TextStyle;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * Value to text, as PostgreSQL's type output functions write it: results, casts to text, CSV
 * fields. {@link TypeInput} reads it.
 */
public final class TypeOutput {
  private static final HexFormat HEX = HexFormat.of();

  private TypeOutput() {}

  /**
   * The text of {@code value}, which is not NULL, in the style that settings have at first.
   *
   * @param zone in which TIMESTAMPTZ is shown
   */
  public static String text(Value value, ZoneId zone) {
    return text(value, zone.equals(ZoneOffset.UTC) ? TextStyle.PLAIN : TextStyle.plain(zone));
  }

  /** The text of {@code value}, which is not NULL. */
  public static String text(Value value, TextStyle style) {
    return switch (value) {
      case Value.Null none -> throw new IllegalArgumentException("NULL has no text");
      case Value.BooleanValue v -> v.value() ? "t" : "f";
      case Value.SmallintValue v -> Short.toString(v.value());
      case Value.IntegerValue v -> Integer.toString(v.value());
      case Value.BigintValue v -> Long.toString(v.value());
      case Value.RealValue v -> DoubleText.of(v.value(), style.floatDigits());
      case Value.DoubleValue v -> DoubleText.of(v.value(), style.floatDigits());
      case Value.NumericValue v -> v.value().toString();
      case Value.TextValue v -> v.value();
      case Value.ByteaValue v -> bytea(v.value(), style.hex());
      case Value.DateValue v -> StyledText.date(v.value(), style.dates(), style.order());
      case Value.TimeValue v -> DateTimeText.time(v.value());
      case Value.TimestampValue v -> StyledText.timestamp(v.value(), style.dates(), style.order());
      case Value.TimestamptzValue v ->
          StyledText.timestamptz(v.value(), style.zone(), style.dates(), style.order());
      case Value.IntervalValue v -> IntervalStyles.text(v.value(), style.intervals());
      case Value.UuidValue v -> v.value().toString();
      case Value.OidValue v -> Long.toString(v.value());
      case Value.ReferenceValue v -> v.value().text();
      case Value.ArrayValue v ->
          v.value().vector() ? vector(v.value(), style) : array(v.value(), style);
      case Value.RowValue v -> row(v.value(), style);
    };
  }

  private static String bytea(Bytes bytes, boolean hex) {
    return hex ? "\\x" + HEX.formatHex(bytes.array()) : ByteaFunctions.escaped(bytes.array());
  }

  private static String vector(SqlArray array, TextStyle style) {
    StringJoiner out = new StringJoiner(" ");
    array.elements().forEach(element -> out.add(text(element, style)));
    return out.toString();
  }

  private static String array(SqlArray array, TextStyle style) {
    StringBuilder out = new StringBuilder();
    boolean plain = array.dimensions().stream().allMatch(dimension -> dimension.lower() == 1);
    if (!plain) {
      array
          .dimensions()
          .forEach(
              d -> out.append('[').append(d.lower()).append(':').append(d.upper()).append(']'));
      out.append('=');
    }
    if (array.isEmpty()) {
      return out.append("{}").toString();
    }
    level(out, array, 0, 0, array.elements().size(), style);
    return out.toString();
  }

  /** {@code (a,"b c",)}: NULL is nothing (PostgreSQL documentation, 8.16.6). */
  private static String row(SqlRow row, TextStyle style) {
    StringBuilder out = new StringBuilder("(");
    for (int i = 0; i < row.values().size(); i++) {
      out.append(i == 0 ? "" : ",");
      if (!(row.values().get(i) instanceof Value.Null)) {
        appendField(out, text(row.values().get(i), style));
      }
    }
    return out.append(')').toString();
  }

  private static void appendField(StringBuilder out, String text) {
    boolean quotes = text.isEmpty();
    for (int i = 0; i < text.length() && !quotes; i++) {
      char c = text.charAt(i);
      quotes = "\"\\(),".indexOf(c) >= 0 || TypeInput.isSpace(c);
    }
    if (!quotes) {
      out.append(text);
      return;
    }
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c == '"' || c == '\\' ? String.valueOf(c) : "").append(c);
    }
    out.append('"');
  }

  /** The elements {@code from} to {@code to}, which lie under dimension {@code depth}. */
  private static void level(
      StringBuilder out, SqlArray array, int depth, int from, int to, TextStyle style) {
    if (depth == array.dimensions().size()) {
      appendElement(out, array.elements().get(from), style);
      return;
    }
    int length = array.dimensions().get(depth).length();
    int width = (to - from) / length;
    out.append('{');
    for (int i = 0; i < length; i++) {
      out.append(i == 0 ? "" : ",");
      level(out, array, depth + 1, from + i * width, from + (i + 1) * width, style);
    }
    out.append('}');
  }

  private static void appendElement(StringBuilder out, Value element, TextStyle style) {
    if (element instanceof Value.Null) {
      out.append("NULL");
      return;
    }
    String text = text(element, style);
    if (!needsQuotes(text)) {
      out.append(text);
      return;
    }
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append(c == '"' || c == '\\' ? "\\" : "").append(c);
    }
    out.append('"');
  }

  private static boolean needsQuotes(String text) {
    if (text.isEmpty() || text.toLowerCase(Locale.ROOT).equals("null")) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '{' || c == '}' || c == ',' || c == '"' || c == '\\' || TypeInput.isSpace(c)) {
        return true;
      }
    }
    return false;
  }
}
