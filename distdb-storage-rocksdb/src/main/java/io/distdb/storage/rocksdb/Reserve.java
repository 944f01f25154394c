// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is given up when the disk is full in the middle of RocksDB's own work: then there is
 * room for what is buffered, RocksDB goes on by itself within some five seconds, and what was
 * logged is applied; new writes are refused all the same. Only kept on a disk that has little left:
 * on a large one {@link Admission} sees in time what is coming. Thread-safe.
 */
final class Reserve {
  static final String FILE_NAME = "reserve";

  private static final Logger LOG = LoggerFactory.getLogger(Reserve.class);
  private static final long PLENTY_BYTES = 2L << 30;
  private static final long BUFFERED_BYTES_MAX = 128 << 20;

  /** For manifests and the like. */
  private static final long OTHER_BYTES = 4 << 20;

  private static final int CHUNK_BYTES = 256 << 10;

  /** Part of what is left that the reserve may take. */
  private static final int SHARE = 4;

  private final Path file;
  private final long bytes;
  private boolean kept;

  /** One that has room for what {@code options} let RocksDB buffer, within reason. */
  static Reserve of(Path directory, RocksOptions options) {
    return new Reserve(
        directory, Math.min(options.writeBufferBytes(), BUFFERED_BYTES_MAX) + OTHER_BYTES);
  }

  Reserve(Path directory, long bytes) {
    this.file = directory.resolve(FILE_NAME);
    this.bytes = bytes;
    this.kept = Files.exists(file);
  }

  /** Makes it, or takes it away, as fits what the disk has left. */
  synchronized void keep(long usableBytes) {
    if (kept && usableBytes >= 2 * PLENTY_BYTES) {
      giveUp();
    } else if (!kept && usableBytes < PLENTY_BYTES && usableBytes >= SHARE * bytes) {
      make();
    }
  }

  private void make() {
    kept = true;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK_BYTES);
      for (long at = channel.size(); at < bytes; at += CHUNK_BYTES) {
        channel.write(zeros.clear(), at);
      }
    } catch (IOException refused) {
      LOG.info("no reserve can be kept in {}: {}", file, refused.getMessage());
      giveUp();
    }
  }

  /** Gives the room back; whether there was any. */
  synchronized boolean giveUp() {
    kept = false;
    try {
      return Files.deleteIfExists(file);
    } catch (IOException failure) {
      LOG.warn("the reserve {} cannot be deleted: {}", file, failure.getMessage());
      return false;
    }
  }
}
