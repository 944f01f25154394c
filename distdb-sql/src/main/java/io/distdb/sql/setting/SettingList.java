// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All settings that there are, by their names in lower case. */
public final class SettingList {
  static final String VERSION_NUMBER = "150018";
  static final String VERSION = "15.18 (DistDB)";

  /**
   * Those whose value a client is told, at the beginning and whenever it changes (PostgreSQL's
   * documentation, 55.2.7).
   */
  public static final List<String> REPORTED =
      List.of(
          "application_name",
          "client_encoding",
          "datestyle",
          "default_transaction_read_only",
          "in_hot_standby",
          "integer_datetimes",
          "intervalstyle",
          "is_superuser",
          "server_encoding",
          "server_version",
          "session_authorization",
          "standard_conforming_strings",
          "timezone");

  private static final Map<String, Setting> ALL = all();

  private SettingList() {}

  private static Map<String, Setting> all() {
    Map<String, Setting> all = new TreeMap<>();
    for (List<Setting> family :
        List.of(
            ClientSettings.ALL,
            CompatibilitySettings.ALL,
            ServerSettings.ALL,
            PlannerSettings.ALL)) {
      for (Setting setting : family) {
        all.put(setting.key(), setting);
      }
    }
    return Collections.unmodifiableMap(all);
  }

  /** In the order of their keys. */
  public static Collection<Setting> settings() {
    return ALL.values();
  }

  /** The setting, or null. */
  public static Setting find(String key) {
    return ALL.get(key);
  }

  /**
   * What to say of a name that is none of these.
   *
   * @param name as the user wrote it
   */
  public static DistDbException unknown(String name) {
    return OfPostgres.NAMES.contains(Setting.key(name))
        ? new DistDbException(
            ErrorCode.FEATURE_NOT_SUPPORTED,
            "configuration parameter \"" + name + "\" is not supported")
        : new DistDbException(
            ErrorCode.UNDEFINED_OBJECT, "unrecognized configuration parameter \"" + name + "\"");
  }

  /** Names of PostgreSQL's settings, read when somebody asks for one that is not here. */
  private static final class OfPostgres {
    static final Set<String> NAMES = read();

    private static Set<String> read() {
      try (InputStream in = SettingList.class.getResourceAsStream("settings-of-postgresql.txt")) {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        return Set.of(text.strip().split("\\s+"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
