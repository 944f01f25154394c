// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.sql.setting.SettingValues;
import java.util.HashMap;
import java.util.Map;

/** The values with which the settings of new sessions begin. Thread-safe. */
final class InitialSettings {
  private final Map<String, String> options;
  private Map<String, String> configured = Map.of();

  /** Null until somebody asks. */
  private volatile SettingValues values;

  /**
   * @param options what is said for all of a store
   */
  InitialSettings(Map<String, String> options) {
    this.options = Map.copyOf(options);
  }

  synchronized void configure(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(configured);
    all.putAll(options);
    all.putAll(settings);
    values = SettingValues.configured(all);
    configured = Map.copyOf(all);
  }

  SettingValues values() {
    SettingValues initial = values;
    if (initial == null) {
      configure(Map.of());
      initial = values;
    }
    return initial;
  }
}
