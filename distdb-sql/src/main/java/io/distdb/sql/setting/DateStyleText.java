// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import io.distdb.api.error.DistDbException;
import io.distdb.sql.datetime.DateOrder;
import io.distdb.sql.datetime.DateStyle;
import java.util.Locale;

/** The value of {@code DateStyle}: how dates are written, and in which order they are read. */
record DateStyleText(DateStyle style, DateOrder order) {
  /**
   * What {@code value} says; what it leaves out stays as in {@code before}.
   *
   * @param initial what the word DEFAULT stands for
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}
   */
  static DateStyleText read(String value, DateStyleText before, DateStyleText initial) {
    DateStyle style = null;
    DateOrder order = null;
    for (String part : value.split(",")) {
      String word = part.strip().toLowerCase(Locale.ROOT);
      if (word.isEmpty()) {
        continue;
      }
      boolean isDefault = word.equals("default");
      DateStyle newStyle = isDefault && style == null ? initial.style : style(word);
      DateOrder newOrder = isDefault && order == null ? initial.order : order(word);
      if (newStyle == null && newOrder == null && !isDefault) {
        throw SettingRules.invalid("DateStyle", value)
            .withDetail("Unrecognized key word: \"" + word + "\".");
      }
      if (style != null && newStyle != null && style != newStyle
          || order != null && newOrder != null && order != newOrder) {
        throw SettingRules.invalid("DateStyle", value)
            .withDetail("Conflicting \"datestyle\" specifications.");
      }
      style = newStyle == null ? style : newStyle;
      order = newOrder == null ? order : newOrder;
    }
    if (order == null) {
      order = style == DateStyle.GERMAN ? DateOrder.DMY : before.order;
    }
    return new DateStyleText(style == null ? before.style : style, order);
  }

  /** As SHOW prints it. */
  static DateStyleText of(String shown) {
    DateStyleText first = new DateStyleText(DateStyle.ISO, DateOrder.MDY);
    return read(shown, first, first);
  }

  private static DateStyle style(String word) {
    return switch (word) {
      case "iso" -> DateStyle.ISO;
      case "sql" -> DateStyle.SQL;
      case "german" -> DateStyle.GERMAN;
      default -> word.startsWith("postgres") ? DateStyle.POSTGRES : null;
    };
  }

  private static DateOrder order(String word) {
    if (word.startsWith("euro")) {
      return DateOrder.DMY;
    }
    if (word.startsWith("noneuro")) {
      return DateOrder.MDY;
    }
    return switch (word) {
      case "ymd" -> DateOrder.YMD;
      case "dmy" -> DateOrder.DMY;
      case "mdy", "us" -> DateOrder.MDY;
      default -> null;
    };
  }

  String text() {
    return style.settingName() + ", " + order;
  }
}
