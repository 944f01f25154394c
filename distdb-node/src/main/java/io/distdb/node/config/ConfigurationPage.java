// SPDX-License-Identifier: MIT
package io.distdb.node.config;

/** Writes {@code docs/configuration.md} from {@link Settings}. */
final class ConfigurationPage {
  private ConfigurationPage() {}

  static String text() {
    StringBuilder page =
        new StringBuilder(
            """
            # Configuration

            Generated from `io.distdb.node.config.Settings`; `ConfigurationPageTest` fails when it is stale.

            In Java: `Config.inMemory()`, `Config.at(path)`, or `Config.builder()` with a method for each key;
            then `Client.open(config)`.
            From a file of lines `key: value` in YAML: `Config.read(file)`, which needs
            `com.fasterxml.jackson.dataformat:jackson-dataformat-yaml` on the class path.
            Environment variables override the file; `Config.fromEnvironment` reads them alone; an empty one
            counts as not set. `./distdb sql --config FILE` reads both, and `--data`, `--storage` and `--memory`
            override them. All problems are reported at once, each with key, value, line and what is accepted.

            | key | variable | without it | accepted | meaning |
            |---|---|---|---|---|
            """);
    for (Setting setting : Settings.ALL) {
      page.append("| `").append(setting.key()).append("` | `").append(setting.variable());
      page.append("` | ").append(setting.initial().isEmpty() ? "-" : setting.initial());
      page.append(" | ").append(setting.accepted()).append(" | ").append(setting.meaning());
      page.append(" |\n");
    }
    page.append(
        """

        `host`, the ports, `auth_…` and `tls_…` are those of a node process (`./distdb start`); a database
        within a program listens nowhere.
        """);
    return page.toString();
  }
}
