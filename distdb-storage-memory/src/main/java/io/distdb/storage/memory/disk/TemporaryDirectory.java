// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.disk;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Clock;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory for this process alone, within one that others use too, such as {@code /tmp}. Only
 * its owner may read it. It is made when it is first asked for; then those that processes left that
 * were killed are deleted: they are locked by nobody. Thread-safe.
 */
public final class TemporaryDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TemporaryDirectory.class);
  private static final String PREFIX = "distdb-temp-";

  /**
   * A process that clears up may take a directory in the moment between its making and its lock.
   */
  private static final int ATTEMPTS_MAX = 8;

  private final Path parent;
  private final Clock clock;
  private FileDisk own;

  public TemporaryDirectory(Path parent, Clock clock) {
    this.parent = parent;
    this.clock = clock;
  }

  /**
   * The directory.
   *
   * @throws DistDbException {@code IO_ERROR}, {@code DISK_FULL}: it cannot be made
   */
  public synchronized Disk disk() {
    if (own == null) {
      own = make();
      clear();
    }
    return own;
  }

  private FileDisk make() {
    for (int attempt = 1; ; attempt++) {
      FileDisk made = new FileDisk(newDirectory(), clock);
      Optional<Disk.Refusal> refusal = made.lock("temporary files");
      if (refusal.isEmpty()) {
        return made;
      }
      if (attempt == ATTEMPTS_MAX) {
        throw IoErrors.translate(
            "lock", parent, new IOException("taken by " + refusal.get().holder()));
      }
    }
  }

  private Path newDirectory() {
    try {
      Files.createDirectories(parent);
      return Files.createTempDirectory(parent, PREFIX);
    } catch (IOException failure) {
      throw IoErrors.translate("make a temporary directory in", parent, failure);
    }
  }

  private void clear() {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path directory : found) {
        if (Files.isWritable(directory.resolve(DirectoryLock.FILE_NAME))) {
          clear(new FileDisk(directory, clock));
        }
      }
    } catch (IOException | DistDbException somebodyElses) {
      LOG.debug("temporary directories of {} stay", parent, somebodyElses);
    }
  }

  private static void clear(FileDisk left) {
    if (left.lock("clearing up").isEmpty()) {
      delete(left);
      LOG.info("deleted the temporary files {} of a process that is gone", left.location());
    }
  }

  /** Deletes a directory that is locked by this process. */
  private static void delete(FileDisk directory) {
    for (String name : directory.list("")) {
      if (!name.equals(DirectoryLock.FILE_NAME)) {
        directory.delete(name);
      }
    }
    directory.delete(DirectoryLock.FILE_NAME);
    directory.unlock();
    directory.delete("");
  }

  /** Deletes it with its files. May be called twice. */
  @Override
  public synchronized void close() {
    if (own != null) {
      FileDisk directory = own;
      own = null;
      delete(directory);
    }
  }
}
