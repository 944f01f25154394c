// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.parse.EditDistance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** From what was written to a {@link Config}, or to everything that is wrong with it. */
final class ConfigReader {
  private static final String VARIABLE_PREFIX = "DISTDB_";

  /** Variables of the same prefix that are no settings: the launcher reads them. */
  private static final Set<String> OTHER_VARIABLES =
      Set.of("DISTDB_JAVA_OPTS", "DISTDB_CLASS_PATH");

  private final List<String> problems = new ArrayList<>();
  private final Map<String, GivenSetting> given = new LinkedHashMap<>();
  private final Set<String> unreadable = new HashSet<>();

  private ConfigReader() {}

  /**
   * @param file settings of a file, in its order
   * @param options what overrides both, by key, with the name of the option; an empty value takes
   *     the key away
   * @throws DistDbException {@code CONFIGURATION_ERROR} with every problem
   */
  static Config read(
      List<GivenSetting> file, Map<String, String> environment, List<GivenSetting> options) {
    ConfigReader reader = new ConfigReader();
    file.forEach(reader::take);
    for (String variable : new TreeMap<>(environment).keySet()) {
      reader.takeVariable(variable, environment.get(variable));
    }
    options.forEach(reader::override);
    return reader.config();
  }

  private void take(GivenSetting setting) {
    String key = setting.key();
    if (Settings.find(key).isEmpty()) {
      problem(setting, "there is no such key" + suggestion(key));
    } else if (given.putIfAbsent(key, setting) != null) {
      problem(setting, "the key is given twice, first in " + given.get(key).place());
    }
  }

  private void override(GivenSetting setting) {
    if (setting.value().isEmpty()) {
      given.remove(setting.key());
    } else {
      given.put(setting.key(), setting);
    }
  }

  /** An empty variable is one that is not set. Those of unknown names may be somebody else's. */
  private void takeVariable(String variable, String value) {
    if (!variable.startsWith(VARIABLE_PREFIX)
        || value.isEmpty()
        || OTHER_VARIABLES.contains(variable)) {
      return;
    }
    String key = variable.substring(VARIABLE_PREFIX.length()).toLowerCase(Locale.ROOT);
    String place = "environment variable " + variable;
    if (Settings.ALL.stream().anyMatch(known -> known.variable().equals(variable))) {
      given.put(key, new GivenSetting(key, value, place));
    } else if (nearest(key).isPresent()) {
      take(new GivenSetting(key, value, place));
    }
  }

  private void problem(GivenSetting setting, String what) {
    String value = setting.key().equals(Settings.PASSWORD) ? "***" : setting.value();
    problems.add(setting.key() + ": " + value + " (" + setting.place() + "): " + what);
  }

  private static String suggestion(String key) {
    return nearest(key).map(known -> "; did you mean " + known + "?").orElse("");
  }

  private static Optional<String> nearest(String key) {
    return Settings.ALL.stream()
        .map(Setting::key)
        .min(Comparator.comparingInt(known -> EditDistance.between(key, known)))
        .filter(known -> EditDistance.isNear(EditDistance.between(key, known), known));
  }

  private Config config() {
    ConfigBuilder builder = Config.builder();
    for (Setting setting : Settings.ALL) {
      GivenSetting value = given.get(setting.key());
      if (value != null) {
        read(setting, value, builder);
      }
    }
    Config config = builder.build();
    for (ConfigProblem found : ConfigCheck.problems(config)) {
      report(found);
    }
    if (!problems.isEmpty()) {
      throw new DistDbException(ErrorCode.CONFIGURATION_ERROR, message(problems));
    }
    return config;
  }

  static String message(List<String> problems) {
    return (problems.size() == 1 ? "1 wrong setting:" : problems.size() + " wrong settings:")
        + "\n  "
        + String.join("\n  ", problems);
  }

  private void read(Setting setting, GivenSetting value, ConfigBuilder builder) {
    try {
      setting.reader().accept(builder, value.value());
    } catch (IllegalArgumentException wrong) {
      unreadable.add(setting.key());
      problem(value, "accepted: " + setting.accepted());
    }
  }

  /** Says nothing of keys that do not go with one whose value could not be read. */
  private void report(ConfigProblem found) {
    if (found.keys().stream().anyMatch(unreadable::contains)) {
      return;
    }
    GivenSetting blamed =
        found.keys().stream().filter(given::containsKey).map(given::get).findFirst().orElse(null);
    if (blamed == null || !blamed.key().equals(found.key())) {
      problems.add(
          found.key()
              + ": "
              + found.value()
              + (blamed == null ? "" : " (because of " + blamed.key() + ", " + blamed.place() + ")")
              + ": "
              + found.what());
    } else {
      problem(blamed, found.what());
    }
  }
}
