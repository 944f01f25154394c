// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal's directory: {@code <epoch>.segment} are segments, {@code free-<epoch>} are files
 * that are not (new ones, and old ones to be used again), {@code reserve} is given up when the disk
 * is full, {@code newest} names a segment that must be there ({@link NewestMark}).
 *
 * <p>A file becomes a segment in this order: header written, file forced, renamed, directory
 * forced; and stops being one in this: renamed, directory forced, only then written to. So a
 * segment's name never stands for a file whose header is not on the disk, and no crash brings a
 * name back for a file that was overwritten meanwhile.
 */
final class SegmentFiles {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentFiles.class);
  private static final String SEGMENT_SUFFIX = ".segment";
  private static final String FREE_PREFIX = "free-";
  private static final String RESERVE = "reserve";
  private static final int FREE_FILES_MAX = 2;
  private static final int ZERO_BYTES = 64 << 10;

  private final Disk disk;
  private final JournalOptions options;

  /** Names of whole files to be used again. Guarded by the journal's lock. */
  private final ArrayDeque<String> free = new ArrayDeque<>();

  private final NewestMark newest;
  private final ChecksumCheck checksums;
  private final ByteBuffer zeros = ByteBuffer.allocateDirect(ZERO_BYTES);

  SegmentFiles(Disk disk, JournalOptions options, ChecksumCheck checksums) {
    this.disk = disk;
    this.options = options;
    this.checksums = checksums;
    this.newest = new NewestMark(disk);
  }

  SegmentReader reader(Segment segment) {
    return new SegmentReader(segment.file, segment.header, checksums);
  }

  static String name(long epoch) {
    return String.format("%016d%s", epoch, SEGMENT_SUFFIX);
  }

  String where(long epoch) {
    return disk.location() + "/" + name(epoch);
  }

  /** The epochs in the names of the segments, rising. */
  List<Long> list() {
    disk.createDirectories("");
    List<Long> epochs = new ArrayList<>();
    for (String name : disk.list("")) {
      if (isSegment(name)) {
        epochs.add(epochOf(name));
      }
    }
    return epochs;
  }

  static boolean isSegment(String name) {
    return name.endsWith(SEGMENT_SUFFIX) && !name.startsWith(FREE_PREFIX);
  }

  /** The epoch in a segment's name. */
  long epochOf(String name) {
    try {
      return Long.parseLong(name.substring(0, name.length() - SEGMENT_SUFFIX.length()));
    } catch (NumberFormatException foreign) {
      throw new DistDbException(
          ErrorCode.DATA_CORRUPTED,
          "the file " + disk.location() + "/" + name + " does not belong to a journal",
          foreign);
    }
  }

  /** Opens a segment and checks its header. */
  Segment openSegment(long epoch) {
    DiskFile file = disk.open(name(epoch));
    boolean good = false;
    try {
      SegmentHeader header = SegmentHeader.decode(headerBytes(file), where(epoch));
      if (header.epoch() != epoch) {
        throw new DistDbException(
            ErrorCode.DATA_CORRUPTED,
            "the journal segment " + where(epoch) + " says that it is number " + header.epoch());
      }
      good = true;
      return new Segment(header, file, name(epoch), file.size());
    } finally {
      if (!good) {
        file.close();
      }
    }
  }

  static ByteBuffer headerBytes(DiskFile file) {
    ByteBuffer buffer = ByteBuffer.allocate(SegmentHeader.BYTES);
    file.read(0, buffer);
    return buffer.flip();
  }

  /**
   * Deletes what earlier lives left to be used again: it is not known whether the renames that made
   * those files free are on the disk.
   *
   * @return the highest epoch in their headers: a crash may have undone the rename of a file that
   *     holds records of that epoch already, so it must not be used again
   */
  long collectFree() {
    long highest = 0;
    for (String name : disk.list("")) {
      if (!name.startsWith(FREE_PREFIX)) {
        continue;
      }
      try (DiskFile file = disk.open(name)) {
        ByteBuffer header = headerBytes(file);
        if (SegmentHeader.isValid(header)) {
          highest = Math.max(highest, SegmentHeader.read(header).epoch());
        }
      }
      disk.delete(name);
    }
    return highest;
  }

  /** Deletes a segment that no other one builds on; should it come back, it is known for that. */
  void deleteLeftover(long epoch) {
    disk.delete(name(epoch));
  }

  /**
   * Gets a file ready to become the segment {@code header}, with room for {@code bytes}. Forces
   * nothing, so it may be called within a lock. {@link #writeHeader} and {@link #publish} must
   * follow.
   *
   * @throws DistDbException {@code DISK_FULL}: nothing is left behind
   */
  Segment prepare(SegmentHeader header, long bytes) {
    String recycled = bytes <= options.segmentBytes() ? free.peek() : null;
    if (recycled != null) {
      DiskFile file = disk.open(recycled);
      free.remove();
      return new Segment(header, file, recycled, options.segmentBytes());
    }
    String name = FREE_PREFIX + name(header.epoch());
    DiskFile file = disk.create(name);
    Segment segment = new Segment(header, file, name, 0);
    try {
      allocate(segment, bytes);
    } catch (DistDbException failure) {
      file.close();
      disk.delete(name);
      throw failure;
    }
    return segment;
  }

  /** As {@link #prepare}; gives the reserve up, durably, when the disk is full. */
  Segment prepareWithReserve(SegmentHeader header, long bytes) {
    try {
      return prepare(header, bytes);
    } catch (DistDbException refused) {
      if (refused.code() != ErrorCode.DISK_FULL || !releaseReserve()) {
        throw refused;
      }
      return prepare(header, bytes);
    }
  }

  /** Fills the file with zeros up to {@code bytes}: from then on no write to it can need space. */
  void allocate(Segment segment, long bytes) {
    long before = segment.allocatedBytes();
    try {
      for (long at = before; at < bytes; at += ZERO_BYTES) {
        zeros.clear().limit((int) Math.min(ZERO_BYTES, bytes - at));
        segment.file.write(at, zeros);
      }
    } catch (DistDbException failure) {
      if (failure.code() == ErrorCode.DISK_FULL) {
        segment.file.truncate(before);
      }
      throw failure;
    }
    segment.allocated(bytes);
  }

  /**
   * Puts the header on the disk. Only then may records be written: so whatever a crash leaves of
   * them, the file's header tells that its epoch is used up.
   */
  void writeHeader(Segment segment) {
    segment.file.write(0, segment.header.encode());
    segment.file.force();
  }

  /** Gives a file whose content is on the disk a segment's name, durably. */
  void publish(Segment segment) {
    rename(segment.preparedName, name(segment.header.epoch()));
    disk.forceDirectory("");
    newest.write(segment.header.epoch());
  }

  /** A directory, too, may need room for a name. */
  private void rename(String from, String to) {
    try {
      disk.rename(from, to);
    } catch (DistDbException refused) {
      if (refused.code() != ErrorCode.DISK_FULL || !releaseReserve()) {
        throw refused;
      }
      disk.rename(from, to);
    }
  }

  /** The last segment's epoch is at or above this one. */
  long newestNoted() {
    return newest.read();
  }

  /**
   * Makes a segment a file to be used again, or deletes it, durably.
   *
   * @return the name to be given to {@link #recycle}, or null
   */
  String retire(Segment segment, boolean keep) {
    String name = name(segment.header.epoch());
    boolean whole = keep && segment.file.size() == options.segmentBytes();
    segment.file.close();
    if (whole) {
      rename(name, FREE_PREFIX + name);
    } else {
      disk.delete(name);
    }
    disk.forceDirectory("");
    return whole ? FREE_PREFIX + name : null;
  }

  /** How many more files are worth keeping. */
  int freeWanted() {
    return FREE_FILES_MAX - free.size();
  }

  void recycle(String name) {
    free.add(name);
  }

  /** Creates the reserve when it is missing and the disk has plenty of room. */
  void keepReserve() {
    if (options.reserveBytes() == 0
        || disk.exists(RESERVE)
        || disk.usableBytes() < 8 * options.reserveBytes()) {
      return;
    }
    try (DiskFile file = disk.create(RESERVE)) {
      for (long at = 0; at < options.reserveBytes(); at += ZERO_BYTES) {
        file.write(
            at, ByteBuffer.allocate((int) Math.min(ZERO_BYTES, options.reserveBytes() - at)));
      }
      file.force();
    } catch (DistDbException refused) {
      if (refused.code() != ErrorCode.DISK_FULL) {
        throw refused;
      }
      LOG.info("the disk is too full for a reserve: {}", refused.getMessage());
      disk.delete(RESERVE);
    }
    disk.forceDirectory("");
  }

  /** Gives the reserve up; false when there was none. */
  boolean releaseReserve() {
    boolean released = disk.delete(RESERVE);
    if (released) {
      disk.forceDirectory("");
    }
    return released;
  }
}
