// SPDX-License-Identifier: MIT
package io.distdb.sql.text;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code format} (PostgreSQL's documentation, 9.4.1): {@code %[n$][-][width]s|I|L}. */
public final class FormatTemplate {
  private static final Pattern SPECIFIER =
      Pattern.compile("%(?:(\\d+)\\$)?(-*)(?:(\\d+)|\\*(?:(\\d+)\\$)?)?([^\\d$*-])?");

  private static final Pattern STAR = Pattern.compile("\\*");

  private final String[] arguments;
  private final StringBuilder out = new StringBuilder();

  /** The argument that comes next, from 0. */
  private int next;

  private FormatTemplate(String[] arguments) {
    this.arguments = arguments;
  }

  /**
   * @param arguments as text, null for NULL
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: the template is wrong, or asks for
   *     more than there is
   */
  public static String apply(String template, String[] arguments) {
    FormatTemplate format = new FormatTemplate(arguments);
    int copied = 0;
    Matcher matcher = SPECIFIER.matcher(template);
    for (int at = template.indexOf('%'); at >= 0; at = template.indexOf('%', copied)) {
      format.out.append(template, copied, at);
      if (template.startsWith("%%", at)) {
        format.out.append('%');
        copied = at + 2;
        continue;
      }
      matcher.region(at, template.length());
      if (!matcher.lookingAt() || matcher.group(5) == null) {
        throw invalid("unterminated format() type specifier")
            .withHint("For a single \"%\" use \"%%\".");
      }
      format.specifier(matcher);
      copied = matcher.end();
    }
    return format.out.append(template, copied, template.length()).toString();
  }

  private void specifier(Matcher matcher) {
    long width = 0;
    boolean left = !matcher.group(2).isEmpty();
    if (matcher.group(3) != null) {
      width = number(matcher.group(3));
    } else if (STAR.matcher(matcher.group()).find()) {
      String asked = argument(matcher.group(4));
      width = asked == null ? 0 : width(asked);
      left |= width < 0;
      width = Math.abs(width);
    }
    char kind = matcher.group(5).charAt(0);
    if (kind != 's' && kind != 'I' && kind != 'L') {
      throw invalid("unrecognized format() type specifier \"" + kind + "\"")
          .withHint("For a single \"%\" use \"%%\".");
    }
    String text = converted(kind, argument(matcher.group(1)));
    out.append(
        left
            ? Texts.padRight(text, wide(text, width), " ")
            : Texts.padLeft(text, wide(text, width), " "));
  }

  private static long wide(String text, long width) {
    return Math.max(width, text.codePointCount(0, text.length()));
  }

  private static long width(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new DistDbException(
          ErrorCode.INVALID_TEXT_REPRESENTATION,
          "invalid input syntax for type integer: \"" + text + "\"",
          e);
    }
  }

  private static int number(String digits) {
    if (digits.length() > 9) {
      throw invalid("number is out of range");
    }
    return Integer.parseInt(digits);
  }

  private String argument(String position) {
    if (position != null) {
      int number = number(position);
      if (number == 0) {
        throw invalid("format specifies argument 0, but arguments are numbered from 1");
      }
      next = number - 1;
    }
    if (next >= arguments.length) {
      throw invalid("too few arguments for format()");
    }
    return arguments[next++];
  }

  private static String converted(char kind, String argument) {
    return switch (kind) {
      case 's' -> argument == null ? "" : argument;
      case 'L' -> argument == null ? "NULL" : Texts.literal(argument);
      default -> {
        if (argument == null) {
          throw new DistDbException(
              ErrorCode.NULL_VALUE_NOT_ALLOWED,
              "null values cannot be formatted as an SQL identifier");
        }
        yield Texts.identifier(argument);
      }
    };
  }

  private static DistDbException invalid(String message) {
    return new DistDbException(ErrorCode.INVALID_PARAMETER_VALUE, message);
  }
}
