// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** RocksDB's refusals in this database's words. */
final class RocksErrors {
  private RocksErrors() {}

  /**
   * @param doing what was tried and where, for the message
   */
  static DistDbException of(RocksDBException cause, String doing) {
    Status status = cause.getStatus();
    String message = doing + ": " + cause.getMessage();
    if (status == null) {
      return new DistDbException(ErrorCode.IO_ERROR, message, cause);
    }
    Status.Code code = status.getCode();
    if (code == Status.Code.Corruption || isFileMissing(message)) {
      // RocksDB's text names the file, and the offset of a block.
      return new DistDbException(ErrorCode.DATA_CORRUPTED, message, cause)
          .withHint(
              "The file that the message names is damaged or missing: restore the directory from a"
                  + " backup or from another replica.");
    }
    if (isDiskFull(status, message)) {
      return new DistDbException(ErrorCode.DISK_FULL, message, cause)
          .withHint("Free space on the disk of the data directory; writes go on by themselves.");
    }
    if (code == Status.Code.IOError && message.contains("/LOCK")) {
      return new DistDbException(ErrorCode.DATABASE_IN_USE, message, cause)
          .withHint("Close the program that has the directory open.");
    }
    if (code == Status.Code.InvalidArgument && message.contains("olumn famil")) {
      return new DistDbException(ErrorCode.INCOMPATIBLE_FORMAT, message, cause)
          .withHint("Open it with the program that wrote it, or a newer DistDB.");
    }
    if (code == Status.Code.ShutdownInProgress) {
      return closed();
    }
    return new DistDbException(ErrorCode.IO_ERROR, message, cause)
        .withHint(
            message.contains("Read-only file system")
                ? "Mount the file system for writing, then open the database again."
                : "Look for disk errors in the system's log, then open the database again.");
  }

  /** It does not open: nothing was changed. */
  static DistDbException opening(RocksDBException cause, Path directory) {
    DistDbException error = of(cause, "RocksDB does not open " + directory);
    return error.code() == ErrorCode.DISK_FULL
        ? error.withHint("Free space on the disk of the data directory, then open it again.")
        : error;
  }

  private static boolean isDiskFull(Status status, String message) {
    return status.getSubCode() == Status.SubCode.NoSpace
        || message.contains("No space left")
        || message.contains("Disk quota exceeded");
  }

  /** RocksDB's files do not go away by themselves. */
  private static boolean isFileMissing(String message) {
    return message.contains("No such file or directory");
  }

  static DistDbException closed() {
    return new DistDbException(ErrorCode.SHUTTING_DOWN, "the storage engine is closed");
  }
}
