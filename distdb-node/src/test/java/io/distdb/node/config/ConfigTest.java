// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.journal.Durability;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ConfigTest {
  @Test
  void everyProblemIsReportedAtOnce() {
    Config config =
        Config.inMemory()
            .withIntervalMillis(0)
            .withMemoryBudgetBytes(5)
            .withCheckpointBytes(6)
            .withQueryMemoryBytes(7)
            .withLockTimeoutMillis(-1)
            .withStatementTimeoutMillis(-2);
    assertThatThrownBy(config::validate)
        .hasMessageContainingAll(
            "intervalMillis is 0",
            "memoryBudgetBytes is 5",
            "checkpointBytes is 6",
            "queryMemoryBytes is 7",
            "lockTimeoutMillis is -1",
            "statementTimeoutMillis is -2");
  }

  @Test
  void aBudgetAboveTheHeapIsRefused() {
    Config config = Config.inMemory().withMemoryBudgetBytes(Long.MAX_VALUE);
    assertThatThrownBy(config::validate).hasMessageContaining("-Xmx");
  }

  @Test
  void aDirectoryIsSyncedUnlessSaidOtherwise() {
    Config config = Config.at(Path.of("x"));
    config.validate();
    assertThat(config.durability()).isEqualTo(Durability.SYNC);
    assertThat(config.withDurability(Durability.NONE).durability()).isEqualTo(Durability.NONE);
  }
}
