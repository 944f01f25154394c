// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Functions of TEXT; positions and lengths count characters, which are code points. */
final class TextFunctions {
  /** Longest text that {@code repeat} makes, in chars. */
  private static final int REPEATED_CHARS_MAX = 256 << 20;

  private static final String SPACE = " ";

  private TextFunctions() {}

  private interface WithNumber {
    String apply(String text, long number);
  }

  static void addTo(FunctionTable table) {
    matching(table);
    measuring(table);
    trimming(table);
    cutting(table);
    binary(table, "||", String::concat);
    unary(table, "lower", text -> text.toLowerCase(Locale.ROOT));
    unary(table, "upper", text -> text.toUpperCase(Locale.ROOT));
    unary(table, "reverse", text -> new StringBuilder(text).reverse().toString());
    counted(table, "repeat", TextFunctions::repeat);
    table.add(
        "replace(text,text,text) text",
        (r, i, a) -> {
          String from = a[1].texts[i];
          r.texts[i] = from.isEmpty() ? a[0].texts[i] : a[0].texts[i].replace(from, a[2].texts[i]);
        });
  }

  private static void unary(FunctionTable table, String name, UnaryOperator<String> function) {
    table.add(name + "(text) text", (r, i, a) -> r.texts[i] = function.apply(a[0].texts[i]));
  }

  private static void binary(FunctionTable table, String name, BinaryOperator<String> function) {
    table.add(
        name + "(text,text) text",
        (r, i, a) -> r.texts[i] = function.apply(a[0].texts[i], a[1].texts[i]));
  }

  private static void counted(FunctionTable table, String name, WithNumber function) {
    table.add(
        name + "(text,int4) text",
        (r, i, a) -> r.texts[i] = function.apply(a[0].texts[i], a[1].longs[i]));
  }

  /**
   * {@code a ~~ b} is {@code a LIKE b}, {@code ~~*} is ILIKE; the escape character is a backslash,
   * and {@code like_escape(pattern, escape)} rewrites a pattern with another one. The blanks of a
   * CHAR count there.
   */
  private static void matching(FunctionTable table) {
    for (String types : List.of("(text,text) bool", "(bpchar,text) bool")) {
      table.add(
          "~~" + types,
          (r, i, a) -> r.longs[i] = LikePattern.matches(a[0].texts[i], a[1].texts[i]) ? 1 : 0);
      table.add(
          "~~*" + types,
          (r, i, a) ->
              r.longs[i] = LikePattern.matchesIgnoringCase(a[0].texts[i], a[1].texts[i]) ? 1 : 0);
    }
    table.add(
        "!~~(text,text) bool",
        (r, i, a) -> r.longs[i] = LikePattern.matches(a[0].texts[i], a[1].texts[i]) ? 0 : 1);
    table.add(
        "!~~*(text,text) bool",
        (r, i, a) ->
            r.longs[i] = LikePattern.matchesIgnoringCase(a[0].texts[i], a[1].texts[i]) ? 0 : 1);
    binary(table, "like_escape", LikePattern::withEscape);
  }

  private static void measuring(FunctionTable table) {
    table.add("length(text) int4", (r, i, a) -> r.longs[i] = length(a[0].texts[i]));
    table.alias("char_length", "length");
    table.alias("character_length", "length");
    table.add(
        "octet_length(text) int4",
        (r, i, a) -> r.longs[i] = a[0].texts[i].getBytes(StandardCharsets.UTF_8).length);
    table.add(
        "strpos(text,text) int4", (r, i, a) -> r.longs[i] = position(a[0].texts[i], a[1].texts[i]));
    table.alias("position", "strpos");
  }

  private static void trimming(FunctionTable table) {
    unary(table, "btrim", text -> trim(text, SPACE, true, true));
    binary(table, "btrim", (text, set) -> trim(text, set, true, true));
    table.alias("trim", "btrim");
    unary(table, "ltrim", text -> trim(text, SPACE, true, false));
    binary(table, "ltrim", (text, set) -> trim(text, set, true, false));
    unary(table, "rtrim", text -> trim(text, SPACE, false, true));
    binary(table, "rtrim", (text, set) -> trim(text, set, false, true));
  }

  private static void cutting(FunctionTable table) {
    table.add(
        "substr(text,int4) text",
        (r, i, a) -> r.texts[i] = substring(a[0].texts[i], a[1].longs[i], Integer.MAX_VALUE));
    table.add(
        "substr(text,int4,int4) text",
        (r, i, a) -> r.texts[i] = checkedSubstring(a[0].texts[i], a[1].longs[i], a[2].longs[i]));
    table.alias("substring", "substr");
    counted(table, "left", TextFunctions::left);
    counted(table, "right", TextFunctions::right);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String trim(String text, String set, boolean left, boolean right) {
    int from = 0;
    int to = text.length();
    while (left && from < to && set.indexOf(text.codePointAt(from)) >= 0) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (right && to > from && set.indexOf(text.codePointBefore(to)) >= 0) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  private static long position(String text, String part) {
    int at = text.indexOf(part);
    return at < 0 ? 0 : text.codePointCount(0, at) + 1;
  }

  private static String left(String text, long count) {
    int characters = length(text);
    long kept = count < 0 ? Math.max(0, characters + count) : Math.min(characters, count);
    return substring(text, 1, kept);
  }

  private static String right(String text, long count) {
    int characters = length(text);
    long kept = count < 0 ? Math.max(0, characters + count) : Math.min(characters, count);
    return substring(text, characters - kept + 1, kept);
  }

  private static String repeat(String text, long count) {
    if (count > 0 && text.length() * count > REPEATED_CHARS_MAX) {
      throw new DistDbException(
          ErrorCode.PROGRAM_LIMIT_EXCEEDED,
          "requested length too large: at most " + REPEATED_CHARS_MAX + " characters");
    }
    return count <= 0 ? "" : text.repeat((int) count);
  }

  private static String checkedSubstring(String text, long start, long length) {
    if (length < 0) {
      throw new DistDbException(ErrorCode.SUBSTRING_ERROR, "negative substring length not allowed");
    }
    return substring(text, start, length);
  }

  /** Characters from {@code start}, which counts from 1 and may be less, {@code length} of them. */
  private static String substring(String text, long start, long length) {
    int characters = length(text);
    long from = Math.min(Math.max(start - 1, 0), characters);
    long to = Math.min(Math.max(start - 1 + length, from), characters);
    int begin = text.offsetByCodePoints(0, (int) from);
    return text.substring(begin, text.offsetByCodePoints(begin, (int) (to - from)));
  }
}
