// SPDX-License-Identifier: MIT
package io.distdb.sql.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A template for dates and times, cut into keys and text between them.
 *
 * @param exact {@code FX}: spaces and widths of the input count
 */
record DateTimePattern(List<Part> parts, boolean exact) {
  DateTimePattern {
    parts = List.copyOf(parts);
  }

  /** The case in which a name is written. */
  enum Letters {
    UPPER,
    CAPITAL,
    LOWER
  }

  /**
   * A key with what is around it, or text.
   *
   * @param key null for text
   * @param text the key as it is in the template, or the text
   * @param fill whether numbers and names are padded (no {@code FM})
   * @param translated {@code TM}
   * @param ordinal the suffix {@code TH} or {@code th}, or an empty string
   * @param quoted whether the text was within quotes
   */
  record Part(
      DateTimeKey key,
      String text,
      boolean fill,
      boolean translated,
      String ordinal,
      boolean quoted) {
    Letters letters() {
      if (Character.isLowerCase(text.charAt(0))) {
        return Letters.LOWER;
      }
      return text.length() > 1 && Character.isLowerCase(text.charAt(1))
          ? Letters.CAPITAL
          : Letters.UPPER;
    }
  }

  static DateTimePattern of(String template) {
    List<Part> parts = new ArrayList<>();
    boolean exact = false;
    int at = 0;
    while (at < template.length()) {
      if (template.startsWith("FX", at) || template.startsWith("fx", at)) {
        exact = true;
        at += 2;
        continue;
      }
      int start = at;
      boolean fill = true;
      boolean translated = false;
      for (String prefix = prefix(template, at); prefix != null; prefix = prefix(template, at)) {
        fill &= !prefix.equals("FM");
        translated |= prefix.equals("TM");
        at += 2;
      }
      DateTimeKey key = key(template, at);
      if (key != null) {
        int end = at + key.text().length();
        String ordinal = ordinal(template, end);
        parts.add(new Part(key, template.substring(at, end), fill, translated, ordinal, false));
        at = end + ordinal.length();
      } else if (at == start) {
        at = text(template, at, parts);
      }
    }
    return new DateTimePattern(parts, exact);
  }

  private static String prefix(String template, int at) {
    String two = at + 2 <= template.length() ? template.substring(at, at + 2) : "";
    return two.equals("FM") || two.equals("fm")
        ? "FM"
        : two.equals("TM") || two.equals("tm") ? "TM" : null;
  }

  private static String ordinal(String template, int at) {
    return template.startsWith("TH", at) ? "TH" : template.startsWith("th", at) ? "th" : "";
  }

  private static DateTimeKey key(String template, int at) {
    for (DateTimeKey key : DateTimeKey.values()) {
      String name = key.text();
      if (template.startsWith(name, at)
          || template.startsWith(name.toLowerCase(Locale.ROOT), at)
          || key.hasCapital()
              && template.startsWith(
                  name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT), at)) {
        return key;
      }
    }
    return null;
  }

  /** Reads quoted text or one character; returns where the next part starts. */
  private static int text(String template, int at, List<Part> parts) {
    if (template.charAt(at) != '"') {
      int start = template.charAt(at) == '\\' && template.startsWith("\"", at + 1) ? at + 1 : at;
      int end = start + Character.charCount(template.codePointAt(start));
      parts.add(new Part(null, template.substring(start, end), true, false, "", false));
      return end;
    }
    StringBuilder text = new StringBuilder();
    int end = at + 1;
    while (end < template.length() && template.charAt(end) != '"') {
      if (template.charAt(end) == '\\' && end + 1 < template.length()) {
        end++;
      }
      text.append(template.charAt(end++));
    }
    if (!text.isEmpty()) {
      parts.add(new Part(null, text.toString(), true, false, "", true));
    }
    return Math.min(end + 1, template.length());
  }
}
