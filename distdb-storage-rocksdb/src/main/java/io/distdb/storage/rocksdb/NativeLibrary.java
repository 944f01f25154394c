// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import org.rocksdb.RocksDB;

/** RocksDB's native library, which its jar brings for the usual platforms. */
final class NativeLibrary {
  private NativeLibrary() {}

  /**
   * Loads it; later calls do nothing.
   *
   * @throws DistDbException {@code CONFIGURATION_ERROR}: it is not there, or not for this platform
   */
  static void load() {
    load(RocksDB::loadLibrary);
  }

  /** Loads it in a thread of its own, which nobody waits for: {@link #load} does, and tells. */
  static void loadAhead(Scheduler scheduler) {
    scheduler.start(
        "rocksdb-library",
        () -> {
          try {
            load();
          } catch (DistDbException again) {
            // The engine's opening will meet it again, and tell.
          }
        });
  }

  static void load(Runnable loader) {
    try {
      loader.run();
    } catch (NoClassDefFoundError missing) {
      throw refusal("RocksDB is not on the class path", missing)
          .withHint("Add org.rocksdb:rocksdbjni to the class path, or set storage to memory.");
    } catch (UnsatisfiedLinkError | RuntimeException unloadable) {
      throw refusal("RocksDB's native library does not load on " + platform(), unloadable)
          .withHint(
              "It needs a directory to unpack to, java.io.tmpdir ("
                  + System.getProperty("java.io.tmpdir")
                  + ") or the variable ROCKSDB_SHAREDLIB_DIR, and a platform that"
                  + " org.rocksdb:rocksdbjni supports; or set storage to memory.");
    }
  }

  private static String platform() {
    return System.getProperty("os.name") + " " + System.getProperty("os.arch");
  }

  private static DistDbException refusal(String what, Throwable cause) {
    return new DistDbException(
        ErrorCode.CONFIGURATION_ERROR, what + ": " + cause.getMessage(), cause);
  }
}
