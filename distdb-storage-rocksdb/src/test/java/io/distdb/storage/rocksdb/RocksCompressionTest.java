// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The compression of a setting is that of the files, and any is read whatever it says. */
final class RocksCompressionTest {
  private static final IndexId ROWS = new IndexId(1);
  private static final int ROW_COUNT = 4_000;

  /** Text of a few letters: each compression finds something in it. */
  private static Bytes row(int id) {
    SplittableRandom random = new SplittableRandom(id);
    byte[] row = new byte[500];
    for (int i = 0; i < row.length; i++) {
      row[i] = (byte) ("accept request ".charAt(i % 15) + random.nextInt(3));
    }
    return Bytes.wrap(row);
  }

  private static Bytes key(int id) {
    return Bytes.utf8(String.format("%06d", id));
  }

  /** Writes all rows, and reads them with the other compressions; the bytes of the files. */
  private static double bytesOfFiles(Compression compression) {
    try (TemporaryHome home = new TemporaryHome()) {
      double bytes;
      try (RocksStorageEngine engine = home.open(compression)) {
        WriteBatch batch = new WriteBatch().at(1).createIndex(ROWS, IndexKind.BTREE);
        for (int id = 0; id < ROW_COUNT; id++) {
          batch.put(ROWS, key(id), row(id));
        }
        Store store = engine.store(ShardId.SYSTEM);
        store.apply(new LogPosition(1, 1), batch);
        store.checkpoint();
        bytes =
            engine.metrics().stream()
                .filter(metric -> metric.name().equals("rocksdb.live_files"))
                .findFirst()
                .orElseThrow()
                .value()
                .getAsDouble();
      }
      for (Compression other : Compression.values()) {
        try (RocksStorageEngine engine = home.open(other)) {
          assertThat(engine.store(ShardId.SYSTEM).index(ROWS).get(key(77), Timestamp.LATEST))
              .isEqualTo(row(77));
        }
      }
      return bytes;
    }
  }

  @Test
  void aDenserCompressionMakesSmallerFilesAndAnyIsRead() {
    double none = bytesOfFiles(Compression.NONE);
    double fast = bytesOfFiles(Compression.LZ4);
    assertThat(none).isGreaterThan(ROW_COUNT * 500.0);
    assertThat(fast).isLessThan(0.95 * none);
    assertThat(bytesOfFiles(Compression.ZSTD)).isLessThanOrEqualTo(fast);
  }
}
