// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import java.util.List;
import java.util.Locale;

/** What values a setting has. */
public sealed interface SettingKind {
  /**
   * On or off.
   *
   * @param obeyed those of {@code on} and {@code off} that can be obeyed
   */
  record Switch(List<String> obeyed) implements SettingKind {
    static final Switch BOTH = new Switch(List.of("on", "off"));
    static final Switch ON = new Switch(List.of("on"));
    static final Switch OFF = new Switch(List.of("off"));

    public Switch {
      obeyed = List.copyOf(obeyed);
    }
  }

  /** A whole number, {@code least} to {@code most}, in the base unit of {@code unit}. */
  record Whole(long least, long most, SettingUnit unit) implements SettingKind {}

  /**
   * One word of several.
   *
   * @param words as {@code pg_settings} lists them, in lower case
   * @param obeyed those of them that can be obeyed
   */
  record Choice(List<String> words, List<String> obeyed) implements SettingKind {
    static Choice of(String... words) {
      return new Choice(List.of(words), List.of(words));
    }

    public Choice {
      words = List.copyOf(words);
      obeyed = List.copyOf(obeyed);
    }
  }

  /** Text with a rule of its own. */
  record Text(TextRule rule) implements SettingKind {}

  /** How text is checked, and brought into the form that SHOW prints. */
  enum TextRule {
    /** Anything. */
    FREE,
    /** Printable ASCII, what else it has becomes {@code ?}. */
    CLEAN_ASCII,
    ENCODING,
    DATE_STYLE,
    TIME_ZONE,
    SEARCH_PATH,
    /** An amount of memory in bytes. */
    MEMORY,
    /** {@code C} or {@code POSIX}. */
    LOCALE_C,
    /** As {@link #LOCALE_C}, or English: the language of the messages. */
    LOCALE_ENGLISH,
    /** The default alone. */
    FIXED
  }

  /** As {@code pg_settings.vartype} names it. */
  default String typeName() {
    return switch (this) {
      case Switch ignored -> "bool";
      case Whole ignored -> "integer";
      case Choice ignored -> "enum";
      case Text ignored -> "string";
    };
  }

  /** On or off, as an unambiguous prefix of a word or as a digit; null for anything else. */
  static String onOrOff(String value) {
    String word = value.strip().toLowerCase(Locale.ROOT);
    if (word.isEmpty()) {
      return null;
    }
    if ("true".startsWith(word)
        || "yes".startsWith(word)
        || word.equals("on")
        || word.equals("1")) {
      return "on";
    }
    boolean off = word.equals("of") || word.equals("off") || word.equals("0");
    return off || "false".startsWith(word) || "no".startsWith(word) ? "off" : null;
  }
}
