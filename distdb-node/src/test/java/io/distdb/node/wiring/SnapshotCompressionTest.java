// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.storage.Compression;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotCompressionTest {
  @TempDir private Path directory;

  private Client open(Compression compression) {
    return Client.open(
        Config.builder().directory(directory).snapshotCompression(compression).build());
  }

  private Path snapshot() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("snapshots/shard-0"))) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void checkpointsAreWrittenAsTheSettingSaysAndReadWhateverItSays() throws IOException {
    try (Client client = open(Compression.NONE)) {
      client.execute("CREATE TABLE t (id integer PRIMARY KEY, v text)");
      client.execute(
          "INSERT INTO t SELECT i, 'value number ' || i FROM generate_series(1, 5000) AS g (i)");
    }
    long[] bytes = new long[Compression.values().length];
    for (Compression compression : Compression.values()) {
      try (Client client = open(compression)) {
        assertThat(client.queryValue("SELECT count(*) FROM t", Long.class)).isEqualTo(5000);
        client.execute("UPDATE t SET v = $1 WHERE id = 1", compression.text());
        client.checkpoint();
      }
      bytes[compression.ordinal()] = Files.size(snapshot());
      int version = Files.readAllBytes(snapshot())[11];
      assertThat(version).isEqualTo(compression == Compression.ZSTD ? 2 : 1);
    }
    assertThat(bytes[Compression.LZ4.ordinal()]).isLessThan(bytes[Compression.NONE.ordinal()]);
    assertThat(bytes[Compression.ZSTD.ordinal()]).isLessThan(bytes[Compression.LZ4.ordinal()]);
  }
}
