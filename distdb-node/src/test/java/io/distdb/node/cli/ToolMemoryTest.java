// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ToolMemoryTest {
  @Test
  void directoriesOfTheDatabaseInUseArePassedOver() {
    Map<String, String> environment =
        Map.of(
            "DISTDB_ARCHIVE_DIR", "archive",
            "DISTDB_WAL_DIR", "wal",
            "DISTDB_DURABILITY", "interval",
            "DISTDB_MEMORY_BUDGET", "8MiB");
    assertThat(ToolMemory.bytes("copy", environment)).isEqualTo(8 << 20);
  }

  @Test
  void aWrongBudgetIsRefused() {
    assertThatThrownBy(() -> ToolMemory.bytes("copy", Map.of("DISTDB_MEMORY_BUDGET", "much")))
        .hasMessageContaining("memory_budget: much");
  }
}
