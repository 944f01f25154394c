// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.parse.EditDistance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** From what was written to a {@link Config}, or to everything that is wrong with it. */
final class ConfigReader {
  private final List<String> problems = new ArrayList<>();
  private final Map<String, GivenSetting> given = new LinkedHashMap<>();

  private ConfigReader() {}

  /**
   * @param file settings of a file, in its order
   * @throws DistDbException {@code CONFIGURATION_ERROR} with every problem
   */
  static Config read(List<GivenSetting> file, Map<String, String> environment) {
    ConfigReader reader = new ConfigReader();
    file.forEach(reader::take);
    for (String variable : new TreeMap<>(environment).keySet()) {
      reader.takeVariable(variable, environment.get(variable));
    }
    return reader.config();
  }

  private void take(GivenSetting setting) {
    String later = Settings.LATER.get(setting.key());
    if (later != null) {
      problem(setting, later + " is not supported yet: leave the key out");
    } else if (Settings.ALL.stream().noneMatch(known -> known.key().equals(setting.key()))) {
      problem(setting, "there is no such key" + suggestion(setting.key()));
    } else if (given.putIfAbsent(setting.key(), setting) != null) {
      problem(setting, "the key is given twice, first in " + given.get(setting.key()).place());
    }
  }

  /** Variables of other purposes begin alike, so only those of known keys count. */
  private void takeVariable(String variable, String value) {
    String place = "environment variable " + variable;
    for (Setting known : Settings.ALL) {
      if (known.variable().equals(variable)) {
        given.put(known.key(), new GivenSetting(known.key(), value, place));
      }
    }
    Settings.LATER.forEach((key, later) -> {
      if (variable.equals("DISTDB_" + key.toUpperCase(java.util.Locale.ROOT))) {
        take(new GivenSetting(key, value, place));
      }
    });
  }

  private void problem(GivenSetting setting, String what) {
    problems.add(setting.key() + ": " + setting.value() + " (" + setting.place() + "): " + what);
  }

  private static String suggestion(String key) {
    Optional<Setting> nearest =
        Settings.ALL.stream()
            .min(Comparator.comparingInt(known -> EditDistance.between(key, known.key())));
    return nearest
        .filter(known -> EditDistance.isNear(EditDistance.between(key, known.key()), known.key()))
        .map(known -> "; did you mean " + known.key() + "?")
        .orElse("");
  }

  private Config config() {
    Config.Builder builder = Config.inMemory().toBuilder();
    if (given.containsKey("data_dir")) {
      builder.durability(io.distdb.api.journal.Durability.SYNC);
    }
    for (Setting setting : Settings.ALL) {
      GivenSetting value = given.get(setting.key());
      if (value != null) {
        read(setting, value, builder);
      }
    }
    if (!problems.isEmpty()) {
      throw new DistDbException(
          ErrorCode.CONFIGURATION_ERROR,
          (problems.size() == 1 ? "1 wrong setting:" : problems.size() + " wrong settings:")
              + "\n  "
              + String.join("\n  ", problems));
    }
    return builder.build();
  }

  /** Reads a value and checks it, the others being as they are at first. */
  private void read(Setting setting, GivenSetting value, Config.Builder builder) {
    try {
      Config.Builder alone = Config.inMemory().toBuilder();
      setting.reader().accept(alone, value.value());
      alone.build().validate();
      setting.reader().accept(builder, value.value());
    } catch (IllegalArgumentException | DistDbException wrong) {
      problem(value, "accepted: " + setting.accepted());
    }
  }
}
