// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.Bytes;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.Value;
import io.distdb.sql.datetime.DateTimeText;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * Value to text, as PostgreSQL's type output functions write it with DateStyle ISO, IntervalStyle
 * postgres and bytea_output hex: results, casts to text, CSV fields. {@link TypeInput} reads it.
 */
public final class TypeOutput {
  private static final HexFormat HEX = HexFormat.of();

  private TypeOutput() {}

  /**
   * The text of {@code value}, which is not NULL.
   *
   * @param zone in which TIMESTAMPTZ is shown
   */
  public static String text(Value value, ZoneId zone) {
    return switch (value) {
      case Value.Null none -> throw new IllegalArgumentException("NULL has no text");
      case Value.BooleanValue v -> v.value() ? "t" : "f";
      case Value.SmallintValue v -> Short.toString(v.value());
      case Value.IntegerValue v -> Integer.toString(v.value());
      case Value.BigintValue v -> Long.toString(v.value());
      case Value.RealValue v -> DoubleText.of(v.value());
      case Value.DoubleValue v -> DoubleText.of(v.value());
      case Value.NumericValue v -> v.value().toString();
      case Value.TextValue v -> v.value();
      case Value.ByteaValue v -> bytea(v.value());
      case Value.DateValue v -> DateTimeText.date(v.value());
      case Value.TimeValue v -> DateTimeText.time(v.value());
      case Value.TimestampValue v -> DateTimeText.timestamp(v.value());
      case Value.TimestamptzValue v -> DateTimeText.timestamptz(v.value(), zone);
      case Value.IntervalValue v -> DateTimeText.interval(v.value());
      case Value.UuidValue v -> v.value().toString();
      case Value.OidValue v -> Long.toString(v.value());
      case Value.ReferenceValue v -> v.value().text();
      case Value.ArrayValue v ->
          v.value().vector() ? vector(v.value(), zone) : array(v.value(), zone);
    };
  }

  private static String bytea(Bytes bytes) {
    return "\\x" + HEX.formatHex(bytes.array());
  }

  private static String vector(SqlArray array, ZoneId zone) {
    StringJoiner out = new StringJoiner(" ");
    array.elements().forEach(element -> out.add(text(element, zone)));
    return out.toString();
  }

  private static String array(SqlArray array, ZoneId zone) {
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
    level(out, array, 0, 0, array.elements().size(), zone);
    return out.toString();
  }

  /** The elements {@code from} to {@code to}, which lie under dimension {@code depth}. */
  private static void level(
      StringBuilder out, SqlArray array, int depth, int from, int to, ZoneId zone) {
    if (depth == array.dimensions().size()) {
      appendElement(out, array.elements().get(from), zone);
      return;
    }
    int length = array.dimensions().get(depth).length();
    int width = (to - from) / length;
    out.append('{');
    for (int i = 0; i < length; i++) {
      out.append(i == 0 ? "" : ",");
      level(out, array, depth + 1, from + i * width, from + (i + 1) * width, zone);
    }
    out.append('}');
  }

  private static void appendElement(StringBuilder out, Value element, ZoneId zone) {
    if (element instanceof Value.Null) {
      out.append("NULL");
      return;
    }
    String text = text(element, zone);
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
