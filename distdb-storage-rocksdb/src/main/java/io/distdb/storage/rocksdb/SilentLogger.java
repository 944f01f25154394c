// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import org.rocksdb.InfoLogLevel;
import org.rocksdb.Logger;

/** Keeps RocksDB from writing a log file into a directory that is only read. */
final class SilentLogger extends Logger {
  SilentLogger() {
    super(InfoLogLevel.HEADER_LEVEL);
  }

  @Override
  protected void log(InfoLogLevel level, String line) {
    // Whatever is wrong comes as an exception, too.
  }
}
