// SPDX-License-Identifier: MIT
package io.distdb.sql.spill;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of all temporary files of some databases, and how much they may take together.
 * Thread-safe.
 *
 * <p>Files are deleted by the statements that made them; what a process left that was killed goes
 * when the directory is opened next. A file that cannot be deleted is logged, and fails no
 * statement.
 */
public final class SpillSpace implements AutoCloseable {
  /** No limit of the size of all files. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** No directory: what does not fit into memory fails. */
  public static final SpillSpace NONE = new SpillSpace(null, 0, false);

  private static final Logger LOG = LoggerFactory.getLogger(SpillSpace.class);

  /** Of the names of its files. */
  private static final String SUFFIX = ".tmp";

  private final Supplier<Disk> place;
  private final long limitBytes;
  private final boolean eager;
  private final AtomicLong usedBytes = new AtomicLong();
  private final AtomicLong fileNumbers = new AtomicLong();
  private Disk disk;
  private boolean closed;

  private SpillSpace(Supplier<Disk> place, long limitBytes, boolean eager) {
    this.place = place;
    this.limitBytes = limitBytes;
    this.eager = eager;
  }

  /**
   * A directory that is found, or made, when the first file is.
   *
   * @param place asked once; the directory is this process's alone
   * @param limitBytes most that all files together may take
   */
  public static SpillSpace at(Supplier<Disk> place, long limitBytes) {
    return new SpillSpace(place, limitBytes, false);
  }

  /** A directory that another process may have left files in: they are deleted now. */
  public static SpillSpace open(Disk directory, long limitBytes) {
    deleteFiles(directory);
    return new SpillSpace(() -> directory, limitBytes, false);
  }

  /**
   * A directory that everything goes to which can, whether there is memory or not: so that tests
   * take the ways of large data with little.
   */
  public static SpillSpace eager(Disk directory) {
    return new SpillSpace(() -> directory, UNLIMITED, true);
  }

  private static void deleteFiles(Disk directory) {
    for (String name : directory.list("")) {
      if (name.endsWith(SUFFIX)) {
        delete(directory, name);
      }
    }
  }

  private static void delete(Disk directory, String name) {
    try {
      directory.delete(name);
    } catch (DistDbException stays) {
      LOG.warn("the temporary file {} of {} stays", name, directory.location(), stays);
    }
  }

  boolean isAvailable() {
    return place != null;
  }

  boolean isEager() {
    return eager;
  }

  /** What all files take now, in bytes. */
  public long usedBytes() {
    return usedBytes.get();
  }

  long nextFileNumber() {
    return fileNumbers.incrementAndGet();
  }

  private synchronized Disk disk() {
    if (closed) {
      throw new DistDbException(ErrorCode.SHUTTING_DOWN, "the database is closed");
    }
    if (disk == null) {
      Disk found = place.get();
      found.createDirectories("");
      disk = found;
    }
    return disk;
  }

  DiskFile create(long number) {
    return disk().create(number + SUFFIX);
  }

  /** Deletes a file that is closed, and gives back its bytes. */
  void delete(long number, long bytes) {
    usedBytes.addAndGet(-bytes);
    Disk directory;
    synchronized (this) {
      directory = disk;
    }
    if (directory != null) {
      delete(directory, number + SUFFIX);
    }
  }

  /**
   * Counts bytes that are about to be written.
   *
   * @throws DistDbException {@code CONFIGURATION_LIMIT_EXCEEDED}: nothing was counted
   */
  void reserve(long bytes) {
    if (usedBytes.addAndGet(bytes) > limitBytes) {
      usedBytes.addAndGet(-bytes);
      throw new DistDbException(
              ErrorCode.CONFIGURATION_LIMIT_EXCEEDED,
              "temporary file size exceeds temp_file_limit (" + limitBytes / 1024 + "kB)")
          .withHint("Raise temp_file_limit or query_memory, or select fewer rows or columns.");
    }
  }

  /** Makes no more files, and deletes those that statements left. May be called twice. */
  @Override
  public void close() {
    Disk directory;
    synchronized (this) {
      closed = true;
      directory = disk;
      disk = null;
    }
    if (directory != null) {
      deleteFiles(directory);
    }
  }
}
