// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import java.util.List;

/** PostgreSQL's switches of its planner: what they turn on is on here too. */
final class PlannerSettings {
  private static final String METHODS = "Query Tuning / Planner Method Configuration";

  static final List<Setting> ALL =
      List.of(
          new Setting(
              "enable_bitmapscan",
              SettingKind.Switch.ON,
              SettingContext.USER,
              METHODS,
              "on",
              "Whether bitmap scans may be planned."),
          new Setting(
              "enable_hashagg",
              SettingKind.Switch.ON,
              SettingContext.USER,
              METHODS,
              "on",
              "Whether groups may be made by hashing."),
          new Setting(
              "enable_hashjoin",
              SettingKind.Switch.ON,
              SettingContext.USER,
              METHODS,
              "on",
              "Whether hash joins may be planned."),
          new Setting(
              "enable_indexonlyscan",
              SettingKind.Switch.ON,
              SettingContext.USER,
              METHODS,
              "on",
              "Whether an index alone may be read."),
          new Setting(
              "enable_indexscan",
              SettingKind.Switch.ON,
              SettingContext.USER,
              METHODS,
              "on",
              "Whether indexes may be read."),
          new Setting(
              "enable_material",
              SettingKind.Switch.ON,
              SettingContext.USER,
              METHODS,
              "on",
              "Whether rows may be kept to be read again."),
          new Setting(
              "enable_mergejoin",
              SettingKind.Switch.ON,
              SettingContext.USER,
              METHODS,
              "on",
              "Whether merge joins may be planned."),
          new Setting(
              "enable_nestloop",
              SettingKind.Switch.ON,
              SettingContext.USER,
              METHODS,
              "on",
              "Whether nested loops may be planned."),
          new Setting(
              "enable_seqscan",
              SettingKind.Switch.ON,
              SettingContext.USER,
              METHODS,
              "on",
              "Whether whole tables may be read."),
          new Setting(
              "enable_sort",
              SettingKind.Switch.ON,
              SettingContext.USER,
              METHODS,
              "on",
              "Whether rows may be sorted."),
          new Setting(
              "jit",
              SettingKind.Switch.OFF,
              SettingContext.USER,
              "Query Tuning / Other Planner Options",
              "off",
              "Whether PostgreSQL's compiler of expressions is used."));

  private PlannerSettings() {}
}
