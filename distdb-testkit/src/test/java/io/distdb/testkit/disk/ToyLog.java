// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A log of ints with snapshots, small enough to be obviously right, and wrong in one way on demand:
 * what the simulated disk has to find. Record: bytes, CRC32C of the rest, a number, padding that
 * makes it longer than a sector.
 */
final class ToyLog implements AutoCloseable {
  static final String SNAPSHOT = "snapshot";
  private static final String LOG = "log";
  private static final int RECORD_BYTES = 700;
  private static final int HEADER_BYTES = 8;

  enum Bug {
    NONE,
    ACKNOWLEDGED_BEFORE_FORCE,
    RENAMED_WITHOUT_DIRECTORY_FORCE,
    LOG_PURGED_BEFORE_RENAME,
    CHECKSUM_IGNORED
  }

  private final Disk disk;
  private final Bug bug;
  private final List<Integer> entries;
  private final DiskFile log;
  private long end;

  private ToyLog(Disk disk, Bug bug, List<Integer> entries, DiskFile log, long end) {
    this.disk = disk;
    this.bug = bug;
    this.entries = entries;
    this.log = log;
    this.end = end;
  }

  static ToyLog open(Disk disk, Bug bug) {
    List<Integer> entries = new ArrayList<>();
    if (disk.exists(SNAPSHOT)) {
      try (DiskFile file = disk.open(SNAPSHOT)) {
        readRecords(file, Bug.NONE, entries);
      }
    }
    boolean exists = disk.exists(LOG);
    DiskFile log = exists ? disk.open(LOG) : disk.create(LOG);
    if (!exists) {
      disk.forceDirectory("");
    }
    long end = readRecords(log, bug, entries);
    return new ToyLog(disk, bug, entries, log, end);
  }

  private static long readRecords(DiskFile file, Bug bug, List<Integer> entries) {
    long at = 0;
    ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
    while (file.read(at, record.clear()) == RECORD_BYTES) {
      boolean sound = record.getInt(0) == RECORD_BYTES && record.getInt(4) == checksum(record);
      if (!sound && bug != Bug.CHECKSUM_IGNORED) {
        break;
      }
      int value = record.getInt(RECORD_BYTES - 4);
      if (!entries.contains(value)) {
        entries.add(value);
      }
      at += RECORD_BYTES;
    }
    return at;
  }

  /** Durable when it returns. */
  void append(int value) {
    end += write(log, end, value);
    if (bug != Bug.ACKNOWLEDGED_BEFORE_FORCE) {
      log.force();
    }
    entries.add(value);
  }

  void snapshot() {
    try (DiskFile file = disk.create("snapshot.new")) {
      long at = 0;
      for (int value : entries) {
        at += write(file, at, value);
      }
      file.force();
    }
    if (bug == Bug.LOG_PURGED_BEFORE_RENAME) {
      purge();
    }
    disk.rename("snapshot.new", SNAPSHOT);
    if (bug != Bug.RENAMED_WITHOUT_DIRECTORY_FORCE) {
      disk.forceDirectory("");
    }
    purge();
  }

  private void purge() {
    log.truncate(0);
    log.force();
    end = 0;
  }

  List<Integer> entries() {
    return entries;
  }

  private static int write(DiskFile file, long at, int value) {
    ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
    record.putInt(0, RECORD_BYTES).putInt(RECORD_BYTES - 4, value);
    record.putInt(4, checksum(record));
    file.write(at, record);
    return RECORD_BYTES;
  }

  private static int checksum(ByteBuffer record) {
    CRC32C crc = new CRC32C();
    crc.update(record.array(), HEADER_BYTES, RECORD_BYTES - HEADER_BYTES);
    return (int) crc.getValue();
  }

  @Override
  public void close() {
    log.close();
  }
}
