// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.ShardId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.Compression;
import org.junit.jupiter.api.Test;

/** This module's tests run without zstd-jni, as a program may that does not ask for it. */
class ZstdAbsentTest {
  @Test
  void askedForAndAbsentTheArtifactIsNamed() {
    try (TemporaryHome home = new TemporaryHome();
        RocksStorageEngine engine = home.open()) {
      DistDbException refusal =
          catchThrowableOfType(
              DistDbException.class,
              () -> engine.store(ShardId.SYSTEM).export(Compression.ZSTD, chunk -> {}));
      assertThat(refusal.code()).isEqualTo(ErrorCode.CONFIGURATION_ERROR);
      assertThat(refusal).hasMessageContaining("com.github.luben:zstd-jni");
      engine.store(ShardId.SYSTEM).export(Compression.LZ4, chunk -> {});
    }
  }
}
