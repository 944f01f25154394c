// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.node.archive.Pace;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One file of a backup while it is written, at a pace. Forced by {@link #finish}; before that, and
 * after an error, it is part of nothing. Used by one thread.
 */
final class BackupFileWriter implements AutoCloseable {
  private final String name;
  private final DiskFile file;
  private final Pace pace;
  private final Runnable look;
  private final CRC32C checksum = new CRC32C();
  private long bytes;

  /**
   * Creates the file, or empties it.
   *
   * @param look called now and then; throws to stop
   */
  BackupFileWriter(Disk disk, String name, Pace pace, Runnable look) {
    this.name = name;
    this.pace = pace;
    this.look = look;
    file = disk.create(name);
  }

  void write(ByteBuffer chunk) {
    int length = chunk.remaining();
    checksum.update(chunk.duplicate());
    file.write(bytes, chunk);
    bytes += length;
    pace.spend(length, look);
  }

  long bytes() {
    return bytes;
  }

  /** Forces what was written; its name is durable once the directory is forced. */
  BackupFile finish(long entries) {
    file.force();
    return new BackupFile(name, bytes, (int) checksum.getValue(), entries);
  }

  @Override
  public void close() {
    file.close();
  }
}
