// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
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
    if (code == Status.Code.Corruption) {
      // RocksDB's text names the file, and the offset of a block.
      return new DistDbException(ErrorCode.DATA_CORRUPTED, message, cause)
          .withHint(
              "The file that the message names is damaged: restore the directory from a backup or"
                  + " from another replica.");
    }
    if (status.getSubCode() == Status.SubCode.NoSpace || message.contains("No space left")) {
      return new DistDbException(ErrorCode.DISK_FULL, message, cause)
          .withHint("Free space on the disk of the data directory.");
    }
    if (code == Status.Code.IOError && message.contains("lock")) {
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
    return new DistDbException(ErrorCode.IO_ERROR, message, cause);
  }

  static DistDbException closed() {
    return new DistDbException(ErrorCode.SHUTTING_DOWN, "the storage engine is closed");
  }
}
