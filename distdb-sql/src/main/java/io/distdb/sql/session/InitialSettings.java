// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.sql.setting.SettingValues;
import java.util.HashMap;
import java.util.Map;

/** The settings with which sessions begin. Thread-safe. */
final class InitialSettings {
  private final DatabaseOptions options;
  private Map<String, String> configured = Map.of();

  /** Null until somebody asks. */
  private volatile SettingValues values;

  InitialSettings(DatabaseOptions options) {
    this.options = options;
  }

  /**
   * @param settings by name, in lower case
   * @throws io.distdb.api.error.DistDbException {@code INVALID_PARAMETER_VALUE}
   */
  synchronized void configure(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(configured);
    all.putAll(options.settings());
    all.putAll(settings);
    values = SettingValues.configured(all);
    configured = Map.copyOf(all);
  }

  SettingValues get() {
    SettingValues initial = values;
    if (initial == null) {
      configure(Map.of());
      initial = values;
    }
    return initial;
  }
}
