// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import java.util.List;

/** What older programs set. */
final class CompatibilitySettings {
  private static final String PREVIOUS =
      "Version and Platform Compatibility / Previous PostgreSQL Versions";

  static final List<Setting> ALL =
      List.of(
          new Setting(
              "array_nulls",
              SettingKind.Switch.ON,
              SettingContext.USER,
              PREVIOUS,
              "on",
              "Whether NULL in the text of an array is a null."),
          new Setting(
              "backslash_quote",
              new SettingKind.Choice(
                  List.of("safe_encoding", "on", "off"), List.of("safe_encoding", "on")),
              SettingContext.USER,
              PREVIOUS,
              "safe_encoding",
              "Whether \\' is a quote in E'...' strings."),
          new Setting(
              "escape_string_warning",
              SettingKind.Switch.BOTH,
              SettingContext.USER,
              PREVIOUS,
              "on",
              "Without effect: backslashes in '...' are themselves."),
          new Setting(
              "lo_compat_privileges",
              SettingKind.Switch.OFF,
              SettingContext.SUPERUSER,
              PREVIOUS,
              "off",
              "Without effect: there are no large objects."),
          new Setting(
              "quote_all_identifiers",
              SettingKind.Switch.OFF,
              SettingContext.USER,
              PREVIOUS,
              "off",
              "Whether generated SQL quotes every name."),
          new Setting(
              "standard_conforming_strings",
              SettingKind.Switch.ON,
              SettingContext.USER,
              PREVIOUS,
              "on",
              "Whether backslashes in '...' are themselves."),
          new Setting(
              "synchronize_seqscans",
              SettingKind.Switch.BOTH,
              SettingContext.USER,
              PREVIOUS,
              "on",
              "Without effect: scans run in the order of the key, each for itself."),
          new Setting(
              "transform_null_equals",
              SettingKind.Switch.OFF,
              SettingContext.USER,
              "Version and Platform Compatibility / Other Platforms and Clients",
              "off",
              "Whether = NULL is taken for IS NULL."));

  private CompatibilitySettings() {}
}
