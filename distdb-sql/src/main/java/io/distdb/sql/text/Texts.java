// SPDX-License-Identifier: MIT
package io.distdb.sql.text;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Text functions of PostgreSQL's documentation, 9.4; lengths and positions are characters. */
public final class Texts {
  /** Longest text that a function makes, in chars. */
  private static final int CHARS_MAX = 256 << 20;

  private static final Pattern PLAIN_NAME = Pattern.compile("[a-z_][a-z0-9_$]*");

  /** Names that need quotes although they look plain: PostgreSQL's reserved words. */
  private static final Set<String> RESERVED =
      Set.of(
          ("all analyse analyze and any array as asc asymmetric authorization between bigint binary"
                  + " bit boolean both case cast char character check coalesce collate collation"
                  + " column concurrently constraint create cross current_catalog current_date"
                  + " current_role current_schema current_time current_timestamp current_user dec"
                  + " decimal default deferrable desc distinct do else end except exists extract"
                  + " false fetch float for foreign freeze from full grant greatest group grouping"
                  + " having ilike in initially inner inout int integer intersect interval into is"
                  + " isnull join lateral leading least left like limit localtime localtimestamp"
                  + " national natural nchar none normalize not notnull null nullif numeric offset"
                  + " on only or order out outer overlaps overlay placing position precision"
                  + " primary real references returning right row select session_user setof similar"
                  + " smallint some substring symmetric table tablesample then time timestamp to"
                  + " trailing treat trim true union unique user using values varchar variadic"
                  + " verbose when where window with xmlattributes")
              .split(" "));

  private Texts() {}

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static String prefix(String text, int characters) {
    return text.substring(0, text.offsetByCodePoints(0, characters));
  }

  public static String padLeft(String text, long width, String fill) {
    return width <= length(text) ? cut(text, width) : padding(text, width, fill) + text;
  }

  public static String padRight(String text, long width, String fill) {
    return width <= length(text) ? cut(text, width) : text + padding(text, width, fill);
  }

  private static String cut(String text, long width) {
    return prefix(text, (int) Math.max(0, width));
  }

  private static String padding(String text, long width, String fill) {
    int each = length(fill);
    if (each == 0) {
      return "";
    }
    if (width > CHARS_MAX) {
      throw tooLong();
    }
    int missing = (int) width - length(text);
    return fill.repeat(missing / each) + prefix(fill, missing % each);
  }

  private static DistDbException tooLong() {
    return new DistDbException(
        ErrorCode.PROGRAM_LIMIT_EXCEEDED,
        "requested length too large: at most " + CHARS_MAX + " characters");
  }

  /**
   * {@code replacement} in place of {@code count} characters from {@code start}, which counts from
   * 1.
   */
  public static String overlay(String text, String replacement, long start, long count) {
    if (start <= 0) {
      throw new DistDbException(ErrorCode.SUBSTRING_ERROR, "negative substring length not allowed");
    }
    int characters = length(text);
    int before = (int) Math.min(start - 1, characters);
    long after = Math.max(0, Math.min(start - 1 + count, characters));
    return prefix(text, before)
        + replacement
        + text.substring(text.offsetByCodePoints(0, (int) after));
  }

  /** {@code chr}. */
  public static String character(long code) {
    if (code == 0) {
      throw new DistDbException(ErrorCode.PROGRAM_LIMIT_EXCEEDED, "null character not permitted");
    }
    if (code < 0) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE, "character number must be positive");
    }
    if (code > Character.MAX_CODE_POINT || code >= 0xD800 && code <= 0xDFFF) {
      throw new DistDbException(
          ErrorCode.PROGRAM_LIMIT_EXCEEDED, "requested character too large for encoding: " + code);
    }
    return Character.toString((int) code);
  }

  /** {@code initcap}: words are letters and digits. */
  public static String capitalized(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean inWord = false;
    for (int at = 0; at < text.length(); ) {
      int point = text.codePointAt(at);
      at += Character.charCount(point);
      out.appendCodePoint(inWord ? Character.toLowerCase(point) : Character.toUpperCase(point));
      inWord = Character.isLetterOrDigit(point);
    }
    return out.toString();
  }

  /** Each character of {@code from} becomes the one at its place in {@code to}, or nothing. */
  public static String translate(String text, String from, String to) {
    int[] sources = from.codePoints().toArray();
    int[] targets = to.codePoints().toArray();
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(point -> {
          int index = 0;
          while (index < sources.length && sources[index] != point) {
            index++;
          }
          if (index == sources.length) {
            out.appendCodePoint(point);
          } else if (index < targets.length) {
            out.appendCodePoint(targets[index]);
          }
        });
    return out.toString();
  }

  /** {@code quote_ident}: quoted where a plain name would be another one or a word of SQL. */
  public static String identifier(String name) {
    return PLAIN_NAME.matcher(name).matches() && !RESERVED.contains(name)
        ? name
        : "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** {@code quote_literal}: with the E form when there is a backslash. */
  public static String literal(String text) {
    String quoted = "'" + text.replace("'", "''").replace("\\", "\\\\") + "'";
    return text.indexOf('\\') >= 0 ? "E" + quoted : quoted;
  }

  /**
   * The parts of {@code text} between separators; none of an empty text.
   *
   * @param separator null for each character on its own; empty for the whole
   */
  public static List<String> split(String text, String separator) {
    List<String> parts = new ArrayList<>();
    if (text.isEmpty()) {
      return parts;
    }
    if (separator == null) {
      text.codePoints().forEach(point -> parts.add(Character.toString(point)));
      return parts;
    }
    int from = 0;
    if (!separator.isEmpty()) {
      for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
        parts.add(text.substring(from, at));
        from = at + separator.length();
      }
    }
    parts.add(text.substring(from));
    return parts;
  }
}
