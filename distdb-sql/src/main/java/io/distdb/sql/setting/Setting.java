// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import java.util.Locale;

/**
 * One setting.
 *
 * @param name as PostgreSQL spells it: {@code DateStyle}
 * @param category the heading under which PostgreSQL's documentation has it
 * @param initial the value that it has where nobody says otherwise, as SHOW prints it
 */
public record Setting(
    String name,
    SettingKind kind,
    SettingContext context,
    String category,
    String initial,
    String description) {

  /** Its name in lower case, by which it is found. */
  public String key() {
    return key(name);
  }

  public static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The value as {@code pg_settings} has it: numbers in their base unit. */
  public String plain(String shown) {
    return kind instanceof SettingKind.Whole whole
        ? Long.toString(SettingNumbers.count(this, whole, shown))
        : shown;
  }
}
