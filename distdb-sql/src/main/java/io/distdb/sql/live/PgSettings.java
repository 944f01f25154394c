// SPDX-License-Identifier: MIT
package io.distdb.sql.live;

import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import io.distdb.sql.setting.Setting;
import io.distdb.sql.setting.SettingKind;
import io.distdb.sql.setting.SettingRow;
import java.util.List;

/** {@code pg_settings} (PostgreSQL's documentation, 54.24). It cannot be updated: SET does that. */
final class PgSettings implements LiveTable {
  private static final List<View.Column> COLUMNS =
      LiveColumns.of(
          "name text, setting text, unit text, category text, short_desc text, extra_desc text,"
              + " context text, vartype text, source text, min_val text, max_val text,"
              + " enumvals _text, boot_val text, reset_val text, sourcefile text,"
              + " sourceline int4, pending_restart bool");

  @Override
  public String schema() {
    return LiveTables.PG_CATALOG;
  }

  @Override
  public String name() {
    return "pg_settings";
  }

  @Override
  public List<View.Column> columns() {
    return COLUMNS;
  }

  @Override
  public List<List<Value>> rows(Environment environment) {
    return environment.settings().stream().map(PgSettings::row).toList();
  }

  private static List<Value> row(SettingRow row) {
    Setting setting = row.setting();
    SettingKind.Whole whole = setting.kind() instanceof SettingKind.Whole number ? number : null;
    String unit = whole == null || whole.unit().base().isEmpty() ? null : whole.unit().base();
    return new LiveRow()
        .text(setting.name())
        .text(setting.plain(row.value()))
        .text(unit)
        .text(setting.category())
        .text(setting.description())
        .nothing()
        .text(setting.context().sqlName())
        .text(setting.kind().typeName())
        .text(row.source())
        .text(whole == null ? null : Long.toString(whole.least()))
        .text(whole == null ? null : Long.toString(whole.most()))
        .value(words(setting.kind()))
        .text(setting.plain(setting.initial()))
        .text(setting.plain(row.reset()))
        .nothing(2)
        .bool(false)
        .values();
  }

  private static Value words(SettingKind kind) {
    return kind instanceof SettingKind.Choice choice
        ? new Value.ArrayValue(
            SqlArray.of(SqlType.TEXT, choice.words().stream().map(Value::of).toList()))
        : Value.NULL;
  }
}
