// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import java.util.ArrayList;
import java.util.List;

/**
 * What a session can say of one setting.
 *
 * @param setting of a setting that a user invented: made up for it
 * @param value as SHOW prints it
 * @param source where the value comes from, as {@code pg_settings} names it
 * @param reset what RESET goes back to
 */
public record SettingRow(Setting setting, String value, String source, String reset) {
  private static final String CUSTOM = "Customized Options";

  /**
   * Of every setting, in the order of their keys.
   *
   * @param now the present values
   * @param start those that RESET goes back to
   * @param base those of every session
   */
  public static List<SettingRow> all(SettingValues now, SettingValues start, SettingValues base) {
    List<SettingRow> rows = new ArrayList<>();
    for (String key : now.keys()) {
      String value = now.find(key);
      Setting setting = SettingList.find(key);
      if (setting == null) {
        setting =
            new Setting(
                key,
                new SettingKind.Text(SettingKind.TextRule.FREE),
                SettingContext.USER,
                CUSTOM,
                "",
                "");
      }
      String reset = start.find(key) == null ? "" : start.find(key);
      String configured = base.find(key) == null ? "" : base.find(key);
      rows.add(new SettingRow(setting, value, source(setting, value, reset, configured), reset));
    }
    return rows;
  }

  private static String source(Setting setting, String value, String reset, String configured) {
    if (setting.context() == SettingContext.INTERNAL) {
      return "default";
    }
    if (!value.equals(reset)) {
      return "session";
    }
    if (!reset.equals(configured)) {
      return "client";
    }
    return configured.equals(setting.initial()) ? "default" : "configuration file";
  }
}
