// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.disk;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A directory tree of the local file system.
 *
 * <p>Interrupts: a {@link java.nio.channels.FileChannel} is closed when a thread that uses it is
 * interrupted, for everybody, and the result of a force that was under way is lost with it. So
 * files go through {@link AsynchronousFileChannel} with an executor that runs in the caller's
 * thread: it makes the same system calls (pread, pwrite, fdatasync), costs the same, and knows
 * nothing of interrupts. {@code RandomAccessFile} would also do, but it forces only with fsync,
 * which writes the changed modification time too.
 */
public final class FileDisk implements Disk {
  private static final Set<OpenOption> OPEN =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
  private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ);
  private static final Set<OpenOption> CREATE =
      Set.of(
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING);

  private final Path root;
  private final DirectoryLock lock;
  private final boolean readOnly;

  /**
   * A disk below {@code root}, which is created when something is first written. Nothing is touched
   * here.
   */
  public FileDisk(Path root, Clock clock) {
    this(root, clock, false);
  }

  private FileDisk(Path root, Clock clock, boolean readOnly) {
    this.root = root.toAbsolutePath().normalize();
    this.lock = new DirectoryLock(this.root, clock);
    this.readOnly = readOnly;
  }

  /**
   * A disk that is only read, which the right to read is enough for: everything that would change
   * it is refused with {@code IO_ERROR}.
   */
  public static FileDisk readOnly(Path root, Clock clock) {
    return new FileDisk(root, clock, true);
  }

  private void requireWritable(Path path) {
    if (readOnly) {
      throw new DistDbException(
          ErrorCode.IO_ERROR, path + " was opened to be read, and is not to be changed");
    }
  }

  /** As the other constructor, with the system's clock. */
  public FileDisk(Path root) {
    this(root, Clock.system());
  }

  @Override
  public DiskFile open(String name) {
    return open(name, readOnly ? READ : OPEN);
  }

  @Override
  public DiskFile create(String name) {
    requireWritable(resolve(name));
    return open(name, CREATE);
  }

  private DiskFile open(String name, Set<OpenOption> options) {
    Path path = resolve(name);
    try {
      AsynchronousFileChannel channel =
          AsynchronousFileChannel.open(path, options, CallerThreadExecutor.INSTANCE);
      return new ChannelFile(name, path, channel);
    } catch (NoSuchFileException missing) {
      throw undefined(path, missing);
    } catch (IOException failure) {
      throw IoErrors.translate("open", path, failure);
    }
  }

  @Override
  public boolean exists(String name) {
    return Files.exists(resolve(name));
  }

  @Override
  public List<String> list(String directory) {
    Path path = resolve(directory);
    try (Stream<Path> entries = Files.list(path)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.equals(DirectoryLock.FILE_NAME))
          .sorted()
          .toList();
    } catch (NoSuchFileException | NotDirectoryException missing) {
      return List.of();
    } catch (IOException failure) {
      throw IoErrors.translate("list", path, failure);
    }
  }

  /** Forces the parent of each new directory, also of those above the root. */
  @Override
  public void createDirectories(String directory) {
    Path path = resolve(directory);
    requireWritable(path);
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = path; at != null && !Files.exists(at); at = at.getParent()) {
      missing.push(at);
    }
    try {
      Files.createDirectories(path);
    } catch (IOException failure) {
      throw IoErrors.translate("create directory", path, failure);
    }
    missing.forEach(created -> force(created.getParent()));
  }

  @Override
  public void rename(String from, String to) {
    Path path = resolve(from);
    requireWritable(path);
    try {
      Files.move(
          path, resolve(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (NoSuchFileException missing) {
      throw undefined(path, missing);
    } catch (IOException failure) {
      throw IoErrors.translate("rename", path, failure);
    }
  }

  @Override
  public boolean delete(String name) {
    Path path = resolve(name);
    requireWritable(path);
    try {
      return Files.deleteIfExists(path);
    } catch (DirectoryNotEmptyException notEmpty) {
      throw IoErrors.translate("delete (the directory is not empty)", path, notEmpty);
    } catch (IOException failure) {
      throw IoErrors.translate("delete", path, failure);
    }
  }

  @Override
  public void forceDirectory(String directory) {
    force(resolve(directory));
  }

  private static void force(Path path) {
    try (AsynchronousFileChannel channel =
        AsynchronousFileChannel.open(
            path, Set.of(StandardOpenOption.READ), CallerThreadExecutor.INSTANCE)) {
      channel.force(true);
    } catch (NoSuchFileException missing) {
      throw undefined(path, missing);
    } catch (IOException failure) {
      throw IoErrors.translate("force", path, failure);
    }
  }

  @Override
  public long usableBytes() {
    Path existing = root;
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      return existing == null ? 0 : Files.getFileStore(existing).getUsableSpace();
    } catch (IOException failure) {
      throw IoErrors.translate("ask for the free space of", root, failure);
    }
  }

  @Override
  public Disk directory(String directory) {
    return new FileDisk(resolve(directory), lock.clock(), readOnly);
  }

  @Override
  public String location() {
    return root.toString();
  }

  @Override
  public Optional<Path> localPath() {
    return Optional.of(root);
  }

  @Override
  public Optional<Refusal> lock(String holder) {
    createDirectories("");
    return lock.take(holder);
  }

  @Override
  public Optional<String> holder() {
    return lock.holder();
  }

  @Override
  public void unlock() {
    lock.release();
  }

  /** Refuses names that lead out of the tree: they can only come from a bug or a forged file. */
  private Path resolve(String name) {
    Path path = root.resolve(name).normalize();
    if (!path.startsWith(root)) {
      throw new DistDbException(
          ErrorCode.IO_ERROR, "the file name \"" + name + "\" leads out of " + root);
    }
    return path;
  }

  private static DistDbException undefined(Path path, IOException cause) {
    return new DistDbException(
        ErrorCode.UNDEFINED_FILE, "the file " + path + " does not exist", cause);
  }
}
