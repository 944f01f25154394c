// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.provider.StorageResources;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** A storage adapter is chosen by its name, found on the class path, and recorded. */
final class StorageChoiceTest {
  @TempDir private Path directory;

  private Config at(String storage) {
    return Config.builder().directory(directory).storage(storage).build();
  }

  private static void refused(ErrorCode code, ThrowingCallable opening, String... words) {
    assertThatThrownBy(opening)
        .isInstanceOfSatisfying(
            DistDbException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .hasMessageContainingAll(words);
  }

  private List<String> content() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .map(file -> directory.relativize(file) + " " + file.toFile().lastModified())
          .sorted()
          .toList();
    }
  }

  @Test
  void anAdapterOfAnotherJarHoldsTheData() {
    try (Client client = Client.open(at("lent").withMemoryBudgetBytes(32 << 20))) {
      client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
      client.execute("INSERT INTO t VALUES (7)");
      client.checkpoint();
      client.execute("INSERT INTO t VALUES (8)");
    }
    StorageResources resources = LentStorageProvider.OPENED.getLast();
    assertThat(resources.memoryBytes()).isEqualTo(32 << 20);
    assertThat(resources.disk().orElseThrow().localPath()).contains(directory.resolve("storage"));
    assertThat(directory.resolve("storage/shard-0")).isNotEmptyDirectory();
    try (Client client = Client.open(at("lent"))) {
      assertThat(client.query("SELECT id FROM t ORDER BY id").toList(row -> row.getLong(0)))
          .containsExactly(7L, 8L);
    }
  }

  @Test
  void anAdapterPreparesOnceBeforeItOpens() {
    int before = LentStorageProvider.PREPARED.get();
    Config config = Config.builder().storage("lent").build();
    Surroundings surroundings = Surroundings.system(config);
    assertThat(LentStorageProvider.PREPARED).hasValue(before + 1);
    Node.start(config, surroundings).close();
    assertThat(LentStorageProvider.PREPARED).hasValue(before + 1);
  }

  @Test
  void preparingAnAdapterThatIsNotThereIsLeftToTheOpeningToRefuse() {
    Config config = Config.builder().storage("granite").build();
    Surroundings surroundings = Surroundings.system(config);
    refused(ErrorCode.CONFIGURATION_ERROR, () -> Node.start(config, surroundings), "granite");
  }

  @Test
  void anAdapterMayHoldADatabaseInMemory() {
    try (Client client = Client.open(Config.builder().storage("lent").build())) {
      client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
    }
    assertThat(LentStorageProvider.OPENED.getLast().disk()).isEmpty();
  }

  @Test
  void aDirectoryOfAnotherEngineIsRefusedAndUntouched() throws IOException {
    Client.open(at("lent")).close();
    List<String> before = content();
    refused(
        ErrorCode.INCOMPATIBLE_FORMAT,
        () -> Client.open(at("memory")),
        directory.toString(),
        "\"lent\"",
        "\"memory\"");
    assertThat(content()).isEqualTo(before);
    Client.open(at("lent")).close();
  }

  /** Once more with RocksDB on the class path, it is not absent. */
  @Test
  @DisabledIfSystemProperty(named = "distdb.test.storage", matches = "rocksdb")
  void anAbsentAdapterIsNamedWithWhatThereIsAndWhereToGetIt() {
    refused(
        ErrorCode.CONFIGURATION_ERROR,
        () -> Client.open(at("rocksdb")),
        "storage: rocksdb",
        "lent, memory",
        "io.distdb:distdb-storage-rocksdb",
        "org/example/Native");
    refused(
        ErrorCode.CONFIGURATION_ERROR, () -> Client.open(at("tape")), "storage: tape", "memory");
    assertThat(directory).isEmptyDirectory();
  }
}
