// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Durability;
import io.distdb.api.txn.IsolationLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReaderTest {
  @TempDir private Path directory;

  private List<GivenSetting> yaml(String text) throws IOException {
    Path file = directory.resolve("distdb.yaml");
    Files.writeString(file, text);
    return YamlSettings.read(file);
  }

  private static DistDbException refusal(List<GivenSetting> settings) {
    return catchThrowableOfType(DistDbException.class, () -> ConfigReader.read(settings, Map.of()));
  }

  @Test
  void aFileIsReadWithUnits() throws IOException {
    Config config =
        ConfigReader.read(
            yaml(
                """
                # a comment
                data_dir: shop
                durability: interval
                durability_interval: 250ms
                memory_budget: 16MiB
                statement_timeout: 10s
                isolation: serializable
                """),
            Map.of());
    assertThat(config.directory()).contains(Path.of("shop"));
    assertThat(config.durability()).isEqualTo(Durability.INTERVAL);
    assertThat(config.intervalMillis()).isEqualTo(250);
    assertThat(config.memoryBudgetBytes()).isEqualTo(16 << 20);
    assertThat(config.statementTimeoutMillis()).isEqualTo(10_000);
    assertThat(config.isolation()).isEqualTo(IsolationLevel.SERIALIZABLE);
  }

  @Test
  void threeMistakesAreThreeProblems() throws IOException {
    DistDbException refused =
        refusal(
            yaml(
                """
                durability: sometimes
                lock_timeout: 5s
                memory_budged: 64MiB
                statement_timeout: 10 parsecs
                """));
    assertThat(refused.code()).isEqualTo(ErrorCode.CONFIGURATION_ERROR);
    List<String> lines = refused.getMessage().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).contains("3 wrong settings");
    assertThat(refused.getMessage())
        .contains("memory_budged: 64MiB (line 3 of ", "did you mean memory_budget?")
        .contains("durability: sometimes (line 1 of ", "accepted: sync, interval, none")
        .contains("statement_timeout: 10 parsecs (line 4 of ", "accepted: a duration such as 10s");
  }

  @Test
  void theEnvironmentOverridesTheFile() throws IOException {
    Config config =
        ConfigReader.read(
            yaml("data_dir: shop\nlock_timeout: 1s\n"),
            Map.of("DISTDB_DATA_DIR", "other", "DISTDB_LOCK_TIMEOUT", "2min", "PATH", "x"));
    assertThat(config.directory()).contains(Path.of("other"));
    assertThat(config.durability()).isEqualTo(Durability.SYNC);
    assertThat(config.lockTimeoutMillis()).isEqualTo(120_000);
  }

  @Test
  void aWrongVariableIsNamed() {
    assertThatThrownBy(() -> Config.fromEnvironment(Map.of("DISTDB_CHECKPOINT", "5B")))
        .hasMessageContaining("environment variable DISTDB_CHECKPOINT")
        .hasMessageContaining("at least 1MiB");
  }

  @Test
  void whatIsNotSupportedYetIsRefusedByName() throws IOException {
    assertThat(refusal(yaml("storage: rocksdb\n")).getMessage()).contains("distdb-storage-rocksdb");
    assertThatThrownBy(() -> Config.fromEnvironment(Map.of("DISTDB_WAL_DIR", "/wal")))
        .hasMessageContaining("a journal in another directory is not supported yet");
  }

  @Test
  void listsAndMapsAreNoValues() throws IOException {
    assertThat(refusal(yaml("durability: [sync]\nisolation: {a: 1}\n")).getMessage())
        .contains("durability: [...]", "isolation: {...}");
  }

  @Test
  void anEmptyFileChangesNothing() throws IOException {
    assertThat(ConfigReader.read(yaml("# nothing\n"), Map.of())).isEqualTo(Config.inMemory());
  }

  @Test
  void whatIsNoYamlIsRefusedWithItsLine() {
    assertThatThrownBy(() -> yaml("data_dir: shop\n\tx: [\n"))
        .hasMessageContaining("line 2")
        .extracting(failure -> ((DistDbException) failure).code())
        .isEqualTo(ErrorCode.CONFIGURATION_ERROR);
  }
}
