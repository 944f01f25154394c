// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The snapshot files of one shard: {@code snapshot-<number>}, ten digits or more, the highest
 * number counts.
 *
 * <p>How a new one takes over, and why a crash at any step leaves one that is whole:
 *
 * <ol>
 *   <li>write {@code snapshot-<number>.tmp}, force it, read it back and check every checksum: a
 *       crash leaves a name that {@link #open} deletes;
 *   <li>rename it, force the directory: the file's content was durable before it had its name, so
 *       whether or not the rename survives, the highest number is whole;
 *   <li>delete the older ones, force the directory: only now, when the new name is durable.
 * </ol>
 *
 * <p>The highest number decides even when it is damaged. To fall back to an older file would
 * silently undo what was applied between the two, as the log may have been purged since; so damage
 * is an error that names the file, and somebody decides.
 *
 * <p>One thread at a time.
 */
public final class SnapshotDirectory {
  private static final String PREFIX = "snapshot-";
  private static final String TEMPORARY = ".tmp";

  private final Disk disk;
  private final String directory;
  private final ShardId shard;
  private final Compression compression;
  private boolean created;
  private long newest;

  private SnapshotDirectory(Disk disk, String directory, ShardId shard, Compression compression) {
    this.disk = disk;
    this.directory = directory;
    this.shard = shard;
    this.compression = compression;
  }

  /** A directory that has no snapshot, or is not there. No I/O. */
  public static SnapshotDirectory empty(
      Disk disk, String directory, ShardId shard, Compression compression) {
    return new SnapshotDirectory(disk, directory, shard, compression);
  }

  /**
   * Looks at {@code directory} of {@code disk}, and deletes what a crash left half written. It need
   * not exist: the first {@link #write} creates it.
   */
  public static SnapshotDirectory open(
      Disk disk, String directory, ShardId shard, Compression compression) {
    SnapshotDirectory snapshots = new SnapshotDirectory(disk, directory, shard, compression);
    boolean deleted = false;
    for (String name : disk.list(directory)) {
      if (name.startsWith(PREFIX) && name.endsWith(TEMPORARY)) {
        deleted |= disk.delete(directory + "/" + name);
      }
      snapshots.newest = Math.max(snapshots.newest, number(name).orElse(0));
    }
    if (deleted) {
      disk.forceDirectory(directory);
    }
    return snapshots;
  }

  /**
   * Reads the newest snapshot, if there is one. Older ones that a crash left stay until the next
   * {@link #write}: nobody knows whether the newest one's name is durable, because forcing the
   * directory may have failed in an earlier process, and is then not made good by forcing it again.
   *
   * @throws DistDbException {@code DATA_CORRUPTED}, {@code INCOMPATIBLE_FORMAT}: nothing was
   *     changed
   */
  public Optional<SnapshotCounts> load(
      Scheduler scheduler, Journal.Progress progress, SnapshotVisitor visitor) {
    if (newest == 0) {
      return Optional.empty();
    }
    SnapshotCounts counts;
    try (DiskFile file = disk.open(name(newest))) {
      SnapshotSource source = SnapshotSource.file(file, progress);
      counts = SnapshotReader.readAhead(source, scheduler, new ShardCheck(source, shard, visitor));
    }
    return Optional.of(counts);
  }

  /**
   * Writes a snapshot and makes it the one that counts.
   *
   * @param written told the length of each piece once it is written; may make the writer wait
   * @param body writes all but header and footer
   * @throws DistDbException {@code DISK_FULL}, {@code IO_ERROR}, or what {@code body} throws: the
   *     snapshot before still stands, the half-written file is gone if the disk lets it
   */
  public SnapshotCounts write(
      LogPosition position, LongConsumer written, Consumer<SnapshotWriter> body) {
    createDirectory();
    String name = name(newest + 1);
    String temporary = name + TEMPORARY;
    SnapshotCounts counts;
    try {
      counts = writeTemporary(temporary, new SnapshotHeader(shard, position), written, body);
      disk.rename(temporary, name);
    } catch (RuntimeException | Error problem) {
      deleteAfter(problem, temporary);
      throw problem;
    }
    // From here on the new name may be there after a crash, and is whole: never reuse it.
    newest++;
    disk.forceDirectory(directory);
    deleteOlder();
    return counts;
  }

  private void createDirectory() {
    if (!created) {
      if (disk.exists(directory) && disk.list(directory).isEmpty()) {
        // Nothing was ever put in it, so an earlier process may have failed to force its name.
        disk.delete(directory);
      }
      disk.createDirectories(directory);
      disk.forceDirectory("");
      created = true;
    }
  }

  private SnapshotCounts writeTemporary(
      String temporary,
      SnapshotHeader header,
      LongConsumer written,
      Consumer<SnapshotWriter> body) {
    try (DiskFile file = disk.create(temporary)) {
      long[] end = {0};
      SnapshotWriter writer =
          new SnapshotWriter(
              buffer -> {
                int length = buffer.remaining();
                file.write(end[0], buffer);
                end[0] += length;
                written.accept(length);
              },
              header,
              compression);
      body.accept(writer);
      SnapshotCounts counts = writer.finish();
      file.force();
      SnapshotHeader found =
          SnapshotReader.verify(SnapshotSource.file(file, Journal.Progress.SILENT));
      if (!found.equals(header)) {
        throw new DistDbException(
            ErrorCode.IO_ERROR,
            disk.location() + "/" + temporary + " reads back as " + found + ", not " + header);
      }
      return counts;
    }
  }

  private void deleteAfter(Throwable problem, String temporary) {
    try {
      disk.delete(temporary);
    } catch (RuntimeException second) {
      problem.addSuppressed(second);
    }
  }

  private void deleteOlder() {
    List<String> older = new ArrayList<>();
    for (String name : disk.list(directory)) {
      OptionalLong number = number(name);
      if (number.isPresent() && number.getAsLong() < newest) {
        older.add(directory + "/" + name);
      }
    }
    if (!older.isEmpty()) {
      older.forEach(disk::delete);
      disk.forceDirectory(directory);
    }
  }

  private String name(long number) {
    return name(directory, number);
  }

  static String name(String directory, long number) {
    return directory + "/" + PREFIX + String.format("%010d", number);
  }

  /** The number in a snapshot's name; empty for other files. */
  static OptionalLong number(String name) {
    if (!name.startsWith(PREFIX) || !name.substring(PREFIX.length()).matches("[0-9]{10,18}")) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(name.substring(PREFIX.length())));
  }
}
