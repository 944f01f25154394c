// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Functions of TEXT; positions and lengths count characters, which are code points. */
final class TextFunctions {
  /** Longest text that {@code repeat} makes, in chars. */
  private static final int REPEATED_CHARS_MAX = 256 << 20;

  private static final String SPACE = " ";

  private TextFunctions() {}

  private interface Unary {
    String apply(String text);
  }

  private interface Binary {
    String apply(String text, String second);
  }

  private interface WithNumber {
    String apply(String text, long number);
  }

  private interface Count {
    long apply(String text);
  }

  private interface Predicate {
    boolean test(String text, String second);
  }

  static RowFunction find(String name, List<SqlType> types) {
    return switch (types.size()) {
      case 1 -> unary(name);
      case 2 -> types.get(1).equals(SqlType.TEXT) ? binary(name) : withNumber(name);
      case 3 -> ternary(name, types.get(1));
      default -> null;
    };
  }

  private static RowFunction text(Unary function) {
    return (result, row, args) -> result.texts[row] = function.apply(args[0].texts[row]);
  }

  private static RowFunction text(Binary function) {
    return (result, row, args) ->
        result.texts[row] = function.apply(args[0].texts[row], args[1].texts[row]);
  }

  private static RowFunction text(WithNumber function) {
    return (result, row, args) ->
        result.texts[row] = function.apply(args[0].texts[row], args[1].longs[row]);
  }

  private static RowFunction number(Count function) {
    return (result, row, args) -> result.longs[row] = function.apply(args[0].texts[row]);
  }

  private static RowFunction test(Predicate function) {
    return (result, row, args) ->
        result.longs[row] = function.test(args[0].texts[row], args[1].texts[row]) ? 1 : 0;
  }

  private static RowFunction unary(String name) {
    return switch (name) {
      case "length", "char_length", "character_length" -> number(TextFunctions::length);
      case "octet_length" -> number(text -> text.getBytes(StandardCharsets.UTF_8).length);
      case "lower" -> text((Unary) text -> text.toLowerCase(Locale.ROOT));
      case "upper" -> text((Unary) text -> text.toUpperCase(Locale.ROOT));
      case "reverse" -> text((Unary) text -> new StringBuilder(text).reverse().toString());
      case "trim", "btrim" -> text((Unary) text -> trim(text, SPACE, true, true));
      case "ltrim" -> text((Unary) text -> trim(text, SPACE, true, false));
      case "rtrim" -> text((Unary) text -> trim(text, SPACE, false, true));
      default -> null;
    };
  }

  private static RowFunction binary(String name) {
    return switch (name) {
      case "||" -> text((Binary) String::concat);
      case "~~" -> test(LikePattern::matches);
      case "~~*" -> test(LikePattern::matchesIgnoringCase);
      case "like_escape" -> text((Binary) LikePattern::withEscape);
      case "btrim" -> text((Binary) (text, set) -> trim(text, set, true, true));
      case "ltrim" -> text((Binary) (text, set) -> trim(text, set, true, false));
      case "rtrim" -> text((Binary) (text, set) -> trim(text, set, false, true));
      case "strpos", "position" ->
          (result, row, args) ->
              result.longs[row] = position(args[0].texts[row], args[1].texts[row]);
      default -> null;
    };
  }

  private static RowFunction withNumber(String name) {
    return switch (name) {
      case "substr", "substring" ->
          text((WithNumber) (text, start) -> substring(text, start, Integer.MAX_VALUE));
      case "left" -> text((WithNumber) TextFunctions::left);
      case "right" -> text((WithNumber) TextFunctions::right);
      case "repeat" -> text((WithNumber) TextFunctions::repeat);
      default -> null;
    };
  }

  private static RowFunction ternary(String name, SqlType second) {
    boolean numbers = second.equals(SqlType.INTEGER);
    return switch (name) {
      case "substr", "substring" ->
          numbers
              ? (result, row, args) ->
                  result.texts[row] =
                      checkedSubstring(args[0].texts[row], args[1].longs[row], args[2].longs[row])
              : null;
      case "replace" ->
          (result, row, args) -> {
            String from = args[1].texts[row];
            result.texts[row] =
                from.isEmpty()
                    ? args[0].texts[row]
                    : args[0].texts[row].replace(from, args[2].texts[row]);
          };
      default -> null;
    };
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
