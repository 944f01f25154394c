// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.backup.BackupRequest;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.Compression;
import io.distdb.client.Client;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever happens to a byte of a backup is found before anything is restored, and named with file
 * and, where that means something, offset.
 */
class BackupDamageTest {
  private static final String SNAPSHOT = "backup/shard-0.snapshot";
  private static final String MANIFEST = "backup/BACKUP";

  private final BackupHome home = new BackupHome();

  private void backUp(Compression compression, int rows) {
    try (Client client = home.open()) {
      client.execute("CREATE TABLE t (id integer PRIMARY KEY, v text)");
      client.execute(
          "INSERT INTO t SELECT i, 'value ' || i FROM generate_series(1, $1) AS g (i)", rows);
      client.backup(BackupRequest.full("backup").withCompression(compression));
    }
  }

  private DistDbException refusal(String what) {
    DistDbException refusal =
        catchThrowableOfType(DistDbException.class, () -> home.restore("backup", "restored"));
    assertThat(refusal).as(what).isNotNull();
    assertThat(home.disk.list("restored")).as("nothing was made: " + what).isEmpty();
    return refusal;
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void everyFlippedByteOfTheContentIsFound(Compression compression) {
    backUp(compression, 20);
    byte[] whole = home.content(SNAPSHOT);
    for (int at = 0; at < whole.length; at++) {
      flipAndRequire(whole, at);
    }
    home.replace(SNAPSHOT, whole);
    home.restore("backup", "restored");
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void sampledBytesOfALargeOneAreFound(Compression compression) {
    backUp(compression, 20_000);
    byte[] whole = home.content(SNAPSHOT);
    assertThat(whole.length).isGreaterThan(50_000);
    for (int at = 7; at < whole.length; at += whole.length / 60) {
      flipAndRequire(whole, at);
    }
  }

  private void flipAndRequire(byte[] whole, int at) {
    byte[] damaged = whole.clone();
    damaged[at] ^= (byte) (1 << at % 8);
    home.replace(SNAPSHOT, damaged);
    DistDbException refusal = refusal("byte " + at);
    assertThat(refusal.code()).as("byte " + at).isEqualTo(ErrorCode.DATA_CORRUPTED);
    assertThat(refusal).hasMessageContaining(SNAPSHOT).hasMessageContaining("at offset ");
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = "LZ4")
  void everyFlippedByteOfTheManifestIsFound(Compression compression) {
    backUp(compression, 5);
    byte[] whole = home.content(MANIFEST);
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 1;
      home.replace(MANIFEST, damaged);
      DistDbException refusal = refusal("byte " + at);
      assertThat(refusal.code()).as("byte " + at).isEqualTo(ErrorCode.DATA_CORRUPTED);
      assertThat(refusal).hasMessageContaining(MANIFEST);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Compression.class, names = "LZ4")
  void everyCutIsFound(Compression compression) {
    backUp(compression, 5);
    byte[] whole = home.content(SNAPSHOT);
    for (int length = 0; length < whole.length; length += 13) {
      home.replace(SNAPSHOT, Arrays.copyOf(whole, length));
      assertThat(refusal("cut at " + length)).hasMessageContaining(SNAPSHOT);
    }
    home.replace(SNAPSHOT, whole);
    byte[] manifest = home.content(MANIFEST);
    for (int length = 0; length < manifest.length; length++) {
      home.replace(MANIFEST, Arrays.copyOf(manifest, length));
      assertThat(refusal("cut at " + length)).hasMessageContaining(MANIFEST);
    }
    home.replace(MANIFEST, manifest);
    home.disk.delete(SNAPSHOT);
    assertThat(refusal("deleted")).hasMessageContaining(SNAPSHOT).hasMessageContaining("missing");
  }
}
