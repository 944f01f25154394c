// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.type.SqlType;
import io.distdb.sql.setting.Setting;
import io.distdb.sql.setting.SettingList;
import io.distdb.sql.setting.SettingRow;
import java.util.ArrayList;
import java.util.List;

/** What SHOW answers. */
final class SettingTexts {
  /** The name that stands for all of them. */
  static final String ALL = "all";

  private SettingTexts() {}

  static List<ResultColumn> columns(String name) {
    if (name.equals(ALL)) {
      return List.of(
          new ResultColumn("name", SqlType.TEXT),
          new ResultColumn("setting", SqlType.TEXT),
          new ResultColumn("description", SqlType.TEXT));
    }
    Setting setting = SettingList.find(Setting.key(name));
    return List.of(new ResultColumn(setting == null ? name : setting.name(), SqlType.TEXT));
  }

  static StatementResult all(SessionEnvironment environment) {
    List<String> cells = new ArrayList<>();
    for (SettingRow row : environment.settings()) {
      cells.add(row.setting().name());
      cells.add(row.value());
      cells.add(row.setting().description());
    }
    List<ResultColumn> columns = columns(ALL);
    return new StatementResult.Rows(
        new CursorRows(
            columns, new ListRows(cells, columns.size()), environment, CursorRows.NOTHING_ENDS),
        "SHOW");
  }
}
