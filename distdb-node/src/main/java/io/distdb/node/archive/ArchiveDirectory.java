// SPDX-License-Identifier: MIT
package io.distdb.node.archive;

import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.LogPosition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The log of one database, in files that each hold a run of it. A file is written under another
 * name, forced, read back and checked, renamed, and the directory is forced; so whatever has the
 * name of a log file is whole, and a crash leaves at most one file of another name, which the next
 * opening deletes. Layout: docs/formats/log-file.md. One thread at a time.
 */
public final class ArchiveDirectory {
  private static final String TEMPORARY = "log.tmp";

  private final Disk disk;
  private final String database;

  private ArchiveDirectory(Disk disk, String database) {
    this.disk = disk;
    this.database = database;
  }

  /**
   * The archive of {@code database}, which is begun when the directory is missing or empty.
   *
   * @throws DistDbException {@code CONFIGURATION_ERROR}: it is another database's, or something
   *     else; {@code INCOMPATIBLE_FORMAT}: of a newer version. Nothing was changed
   */
  public static ArchiveDirectory open(Disk disk, String database) {
    if (!disk.exists(ArchiveIdentity.FILE)) {
      ArchiveIdentity.requireFree(disk);
      disk.createDirectories("");
      ArchiveIdentity.write(disk, database);
    }
    ArchiveDirectory archive = existing(disk);
    archive.requireOf(database);
    archive.disk.delete(TEMPORARY);
    // A process that was killed may have renamed without forcing: what is counted on must last.
    archive.disk.forceDirectory("");
    return archive;
  }

  /**
   * An archive to be read, of whichever database.
   *
   * @throws DistDbException {@code UNDEFINED_FILE}: it is none; {@code INCOMPATIBLE_FORMAT}
   */
  public static ArchiveDirectory existing(Disk disk) {
    return new ArchiveDirectory(disk, ArchiveIdentity.read(disk));
  }

  /** Refuses an archive of another database than the named one. */
  public void requireOf(String wanted) {
    if (!database.equals(wanted)) {
      throw new DistDbException(
              ErrorCode.CONFIGURATION_ERROR,
              "the archive in "
                  + disk.location()
                  + " is of the database "
                  + database
                  + ", not of "
                  + wanted)
          .withHint("Give an empty or a new directory, or the one that belongs to this database.");
    }
  }

  public String location() {
    return disk.location();
  }

  /** The files of one shard, in the order of the log. */
  public List<LogFileName> files(ShardId shard) {
    List<LogFileName> files = new ArrayList<>();
    for (String name : disk.list("")) {
      LogFileName.parse(name).filter(file -> file.shard().equals(shard)).ifPresent(files::add);
    }
    files.sort(Comparator.comparingLong(LogFileName::first));
    return files;
  }

  /**
   * Reads one file, as {@link LogFileReader#read}, and checks that it is what its name says.
   *
   * @throws DistDbException also {@code DATA_CORRUPTED}: it is another one
   */
  public LogFileReader.Content read(LogFileName name, Consumer<JournalRecord.Recovered> visitor) {
    String where = disk.location() + "/" + name;
    try (DiskFile file = disk.open(name.toString())) {
      LogFileReader.Content content = LogFileReader.read(file, where, visitor);
      require(content, name, where);
      return content;
    }
  }

  private void require(LogFileReader.Content content, LogFileName name, String where) {
    LogFileName found = new LogFileName(content.shard(), content.first(), content.last().index());
    if (!content.database().equals(database) || !found.equals(name)) {
      throw LogFileFormat.damaged(
          where, 16, "it is " + found + " of the database " + content.database());
    }
  }

  /** How long a file is. */
  public long bytes(LogFileName name) {
    try (DiskFile file = disk.open(name.toString())) {
      return file.size();
    }
  }

  /** Begins a file behind {@code above}. */
  Growing begin(ShardId shard, long above, LongConsumer paced) {
    return new Growing(shard, above, paced);
  }

  /** A file that is being written. It has no name until it is kept. */
  final class Growing implements AutoCloseable {
    private final ShardId shard;
    private final long above;
    private final DiskFile file;
    private final LogFileWriter writer;
    private long end;
    private boolean kept;

    private Growing(ShardId shard, long above, LongConsumer paced) {
      this.shard = shard;
      this.above = above;
      file = disk.create(TEMPORARY);
      writer =
          new LogFileWriter(chunk -> write(chunk, paced), database, shard, above, Compression.LZ4);
    }

    private void write(ByteBuffer chunk, LongConsumer paced) {
      int length = chunk.remaining();
      file.write(end, chunk);
      end += length;
      paced.accept(length);
    }

    void add(JournalRecord.Recovered entry) {
      writer.add(entry);
    }

    long bytes() {
      return writer.bytes();
    }

    LogPosition last() {
      return writer.last();
    }

    /** Completes the file, checks it and gives it its name, durably. */
    LogFileReader.Content keep(long settled) {
      writer.finish(settled);
      file.force();
      String where = disk.location() + "/" + TEMPORARY;
      LogFileReader.Content content = LogFileReader.read(file, where, entry -> {});
      LogFileName name = new LogFileName(shard, above + 1, writer.last().index());
      require(content, name, where);
      disk.rename(TEMPORARY, name.toString());
      kept = true;
      disk.forceDirectory("");
      return content;
    }

    /** Deletes it unless it was kept. */
    @Override
    public void close() {
      file.close();
      if (!kept) {
        disk.delete(TEMPORARY);
      }
    }
  }

  /** The last index that is archived of a shard; empty when nothing is. */
  Optional<Long> lastIndex(ShardId shard) {
    List<LogFileName> files = files(shard);
    Invariant.check(files.stream().allMatch(file -> file.first() > 0), "indexes begin at 1");
    return files.stream().map(LogFileName::last).max(Comparator.naturalOrder());
  }
}
