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
import java.util.Optional;
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
    return catchThrowableOfType(
        DistDbException.class, () -> ConfigReader.read(settings, Map.of(), List.of()));
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
            Map.of(),
            List.of());
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
            Map.of("DISTDB_DATA_DIR", "other", "DISTDB_LOCK_TIMEOUT", "2min", "PATH", "x"),
            List.of());
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
  void aCertificateNeedsItsKey() {
    assertThatThrownBy(() -> Config.fromEnvironment(Map.of("DISTDB_TLS_KEY", "k")))
        .hasMessageContaining("environment variable DISTDB_TLS_KEY")
        .hasMessageContaining("a key its certificate");
  }

  @Test
  void thePasswordIsNeverShown() throws IOException {
    String twice = "auth_password: open sesame\nauth_password: open sesame\n";
    assertThat(refusal(yaml(twice)).getMessage()).doesNotContain("sesame");
    Config config = Config.fromEnvironment(Map.of("DISTDB_AUTH_PASSWORD", "open sesame"));
    assertThat(config.security().firstPassword()).contains("open sesame");
    assertThat(config.toString()).doesNotContain("sesame");
  }

  @Test
  void anAbsentStorageEngineIsNamedWithItsLine() throws IOException {
    assertThat(refusal(yaml("lock_timeout: 1s\nstorage: tape\n")).getMessage())
        .contains("storage: tape (line 2 of ", "which has lent, memory");
    assertThat(refusal(yaml("storage: Rocks DB\n")).getMessage()).contains("accepted: the name of");
  }

  @Test
  void whatANodeOfAClusterNeedsIsKept() throws IOException {
    Config config =
        ConfigReader.read(
            yaml(
                """
                node_id: b
                host: 10.0.0.2
                port: 5001
                sql_port: 5434
                http_port: 8081
                cluster_nodes:
                  - a@10.0.0.1:5000
                  - b@10.0.0.2:5001
                  - c@[fe80::1]:5000
                replication_factor: 2
                shards: 16
                version_retention: 10s
                """),
            Map.of(),
            List.of());
    ClusterConfig cluster = config.cluster();
    assertThat(cluster.nodeId().value()).isEqualTo("b");
    assertThat(cluster.host()).isEqualTo("10.0.0.2");
    assertThat(List.of(cluster.port(), cluster.sqlPort(), cluster.httpPort()))
        .containsExactly(5001, 5434, 8081);
    assertThat(cluster.nodes().stream().map(Object::toString))
        .containsExactly("a@10.0.0.1:5000", "b@10.0.0.2:5001", "c@[fe80::1]:5000");
    assertThat(cluster.replicas()).isEqualTo(2);
    assertThat(cluster.shardCount()).isEqualTo(16);
    assertThat(config.versionRetentionMillis()).isEqualTo(10_000);
  }

  @Test
  void whatDoesNotGoTogetherIsReportedWithItsLines() throws IOException {
    assertThat(
            refusal(
                    yaml(
                        """
                        cluster_nodes: a@h:5000, a@h2:5000, c@h:5000
                        node_id: z
                        replication_factor: 4
                        shards: 12
                        sql_port: 5000
                        wal_dir: /wal
                        """))
                .getMessage())
        .contains(
            "7 wrong settings",
            "cluster_nodes: a@h:5000, a@h2:5000, c@h:5000 (line 1 of ",
            "the node a is named twice",
            "two nodes have the address h:5000",
            "this node, whose node_id is z, is not among them",
            "replication_factor: 4 (line 3 of ",
            "there are only 3 nodes; accepted: 1 to 3",
            "shards: 12 (line 4 of ",
            "accepted: a power of two from 1 to 4096",
            "sql_port: 5000 (line 5 of ",
            "port is 5000 too",
            "wal_dir: /wal (line 6 of ",
            "give data_dir too");
  }

  @Test
  void aValueThatCannotBeReadCausesNoFurtherProblems() throws IOException {
    assertThat(refusal(yaml("cluster_nodes: a,b,c\nreplication_factor: 3\n")).getMessage())
        .contains("1 wrong setting:", "cluster_nodes: a,b,c", "node_id@host:port");
  }

  @Test
  void directoriesMayNotBeWithinEachOther() throws IOException {
    assertThat(refusal(yaml("data_dir: /db\nwal_dir: /db/wal\n")).getMessage())
        .contains("wal_dir: /db/wal (line 2 of ", "data_dir is /db");
    assertThat(refusal(yaml("data_dir: /db/x\nwal_dir: /db\n")).getMessage())
        .contains("wal_dir: /db (line 2 of ");
    assertThat(refusal(yaml("data_dir: /db\narchive_dir: /db/archive\n")).getMessage())
        .contains("archive_dir: /db/archive (line 2 of ", "data_dir is /db");
    assertThat(refusal(yaml("data_dir: /db\nwal_dir: /w\narchive_dir: /w\n")).getMessage())
        .contains("archive_dir: /w (line 3 of ", "wal_dir is /w");
    assertThat(refusal(yaml("archive_dir: /archive\n")).getMessage())
        .contains("archive_dir: /archive (line 1 of ", "give data_dir too");
  }

  @Test
  void everyKeyHasAVariable() {
    for (Setting setting : Settings.ALL) {
      assertThatThrownBy(() -> Config.fromEnvironment(Map.of(setting.variable(), "\u0000 @")))
          .as(setting.key())
          .hasMessageContaining("environment variable " + setting.variable());
    }
  }

  @Test
  void aVariableThatIsNearlyOneOfOursIsRefused() {
    assertThatThrownBy(() -> Config.fromEnvironment(Map.of("DISTDB_DATADIR", "x")))
        .hasMessageContaining("did you mean data_dir?");
    assertThat(
            Config.fromEnvironment(
                Map.of("DISTDB_JAVA_OPTS", "-Xmx1g", "DISTDB_HOME", "/opt", "DISTDB_DATA_DIR", "")))
        .isEqualTo(Config.inMemory());
  }

  @Test
  void optionsOverrideAllOrTakeAway() throws IOException {
    Path file = directory.resolve("x.yaml");
    Files.writeString(file, "data_dir: shop\nwal_dir: wal\nlock_timeout: 1s\n");
    Map<String, String> environment = Map.of("DISTDB_DATA_DIR", "other");
    assertThat(Config.read(Optional.of(file), environment, Map.of("data_dir", "third")).directory())
        .contains(Path.of("third"));
    Config inMemory =
        Config.read(Optional.of(file), environment, Map.of("data_dir", "", "wal_dir", ""));
    assertThat(inMemory.directory()).isEmpty();
    assertThat(inMemory.lockTimeoutMillis()).isEqualTo(1_000);
    assertThatThrownBy(() -> Config.read(Optional.of(file), environment, Map.of("storage", "tape")))
        .hasMessageContaining("storage: tape (command line)");
  }

  @Test
  void listsAndMapsAreNoValues() throws IOException {
    assertThat(refusal(yaml("durability: [sync]\nisolation: {a: 1}\n")).getMessage())
        .contains("durability: [sync]", "isolation: {...}");
  }

  @Test
  void anEmptyFileChangesNothing() throws IOException {
    assertThat(ConfigReader.read(yaml("# nothing\n"), Map.of(), List.of()))
        .isEqualTo(Config.inMemory());
  }

  @Test
  void whatIsNoYamlIsRefusedWithItsLine() {
    assertThatThrownBy(() -> yaml("data_dir: shop\n\tx: [\n"))
        .hasMessageContaining("line 2")
        .extracting(failure -> ((DistDbException) failure).code())
        .isEqualTo(ErrorCode.CONFIGURATION_ERROR);
  }
}
