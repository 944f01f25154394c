// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ConfigurationPageTest {
  /** Run with -Dconfiguration.write to bring the page up to date. */
  @Test
  void thePageIsWhatTheSettingsSay() throws IOException {
    Path page = Path.of("..", "docs", "configuration.md");
    if (System.getProperty("configuration.write") != null) {
      Files.writeString(page, ConfigurationPage.text());
    }
    assertThat(page).hasContent(ConfigurationPage.text());
  }
}
