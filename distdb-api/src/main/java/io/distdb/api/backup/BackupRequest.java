// SPDX-License-Identifier: MIT
package io.distdb.api.backup;

import io.distdb.api.storage.Compression;
import java.util.Objects;
import java.util.Optional;

/**
 * What a backup is to be.
 *
 * @param directory where it goes: a path, new or empty
 * @param parent the directory of an earlier backup that it continues; empty: a full one
 * @param watch told now and then how far it is
 */
public record BackupRequest(
    String directory, Optional<String> parent, Compression compression, Watch watch) {
  public BackupRequest {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(parent, "parent");
    Objects.requireNonNull(compression, "compression");
    Objects.requireNonNull(watch, "watch");
  }

  /** A full one by LZ4 that nobody watches. */
  public static BackupRequest full(String directory) {
    return new BackupRequest(directory, Optional.empty(), Compression.LZ4, bytes -> {});
  }

  public BackupRequest withCompression(Compression other) {
    return new BackupRequest(directory, parent, other, watch);
  }

  public BackupRequest withWatch(Watch other) {
    return new BackupRequest(directory, parent, compression, other);
  }

  /** Hears of a backup under way, and may stop it by throwing. */
  @FunctionalInterface
  public interface Watch {
    /**
     * Called after every piece that is written, and at least every 50 ms while the backup pauses.
     *
     * @param bytes written so far
     */
    void at(long bytes);
  }
}
