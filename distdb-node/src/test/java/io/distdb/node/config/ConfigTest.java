// SPDX-License-Identifier: MIT
package io.distdb.node.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.journal.Durability;
import io.distdb.api.provider.IoLimits;
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
            "6 wrong settings",
            "durability_interval: 0: accepted: a duration",
            "memory_budget: 5",
            "checkpoint: 6",
            "query_memory: 7",
            "lock_timeout: -1",
            "statement_timeout: -2");
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

  @Test
  void aBuilderSyncsADirectoryToo() {
    assertThat(Config.builder().directory(Path.of("x")).build().durability())
        .isEqualTo(Durability.SYNC);
    assertThat(Config.builder().build()).isEqualTo(Config.inMemory());
    assertThat(Config.builder().durability(Durability.NONE).directory(Path.of("x")).build())
        .isEqualTo(Config.at(Path.of("x")).withDurability(Durability.NONE));
  }

  @Test
  void limitsOfBackgroundWorkAreSetOneByOneAndNoneIsTooLow() {
    Config config =
        Config.builder()
            .ioLimits(limits -> limits.withCheckpoint(64 << 20))
            .ioLimits(limits -> limits.withCollection(7 << 20))
            .build();
    config.validate();
    assertThat(config.ioLimits()).isEqualTo(new IoLimits(64 << 20, 256 << 20, 7 << 20));
    Config low =
        Config.builder().ioLimits(limits -> new IoLimits(1, (1 << 20) - 1, 1 << 20)).build();
    assertThatThrownBy(low::validate)
        .hasMessageContainingAll(
            "2 wrong settings", "checkpoint_io_limit: 1", "compaction_io_limit: 1048575");
  }

  @Test
  void aBuilderStartsFromWhatItIsGiven() {
    Config config =
        Config.builder()
            .directory(Path.of("x"))
            .walDirectory(Path.of("y"))
            .storage("lent")
            .versionRetentionMillis(5)
            .nodeId("b")
            .host("h")
            .port(1)
            .sqlPort(2)
            .httpPort(3)
            .clusterNodes(ClusterConfig.Member.parseAll("b@h:1"))
            .replicationFactor(1)
            .shards(1)
            .build();
    config.validate();
    assertThat(config.toBuilder().build()).isEqualTo(config);
  }

  @Test
  void rowsAreOnAllNodesAndInOneShardWhenNobodySays() {
    assertThat(ClusterConfig.ALONE.shardCount()).isEqualTo(1);
    assertThat(ClusterConfig.ALONE.replicas()).isEqualTo(1);
    ClusterConfig four =
        ClusterConfig.ALONE.withNodes(ClusterConfig.Member.parseAll("a@h:1,b@h:2,c@h:3,d@h:4"));
    assertThat(four.shardCount()).isEqualTo(1);
    assertThat(four.replicas()).isEqualTo(4);
  }
}
