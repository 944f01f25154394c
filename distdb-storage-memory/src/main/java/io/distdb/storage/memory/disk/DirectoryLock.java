// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.disk;

import io.distdb.api.Timestamp;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps two processes, and two users within one process, out of one directory. The operating system
 * releases the lock when its process dies, however it dies, so nothing stale has to be cleared by
 * hand.
 *
 * <p>Why both a table and a file lock: POSIX locks belong to the process, so they refuse nothing
 * within it, and closing any other handle of the lock file would release them. Hence the table is
 * asked first, and the file is opened only when this process does not hold it. The holder's text is
 * in the file, for others to read; it means something only while the lock is held.
 */
final class DirectoryLock {
  static final String FILE_NAME = "distdb.lock";

  private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

  private final Path root;
  private final Clock clock;
  private Path heldAs;
  private AsynchronousFileChannel channel;

  DirectoryLock(Path root, Clock clock) {
    this.root = root;
    this.clock = clock;
  }

  Clock clock() {
    return clock;
  }

  synchronized Optional<Disk.Refusal> take(String holder) {
    Path file = root.resolve(FILE_NAME);
    try {
      Path real = root.toRealPath();
      String text = describe(holder);
      String other = HELD_HERE.putIfAbsent(real, text);
      if (other != null) {
        return Optional.of(new Disk.Refusal(other));
      }
      boolean taken = false;
      try {
        Optional<Disk.Refusal> refusal = lockFile(file, text);
        taken = refusal.isEmpty();
        if (taken) {
          heldAs = real;
        }
        return refusal;
      } finally {
        if (!taken) {
          HELD_HERE.remove(real);
        }
      }
    } catch (IOException failure) {
      throw IoErrors.translate("lock", file, failure);
    }
  }

  /**
   * Who holds it now; changes nothing. Of another process it is found out by a shared lock, held
   * for an instant: whoever takes the directory in that instant is refused.
   */
  Optional<String> holder() {
    Path file = root.resolve(FILE_NAME);
    try {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      String here = HELD_HERE.get(root.toRealPath());
      if (here != null) {
        return Optional.of(here);
      }
      try (AsynchronousFileChannel opened =
          AsynchronousFileChannel.open(
              file, Set.of(StandardOpenOption.READ), CallerThreadExecutor.INSTANCE)) {
        if (opened.tryLock(0, Long.MAX_VALUE, true) != null) {
          return Optional.empty();
        }
      } catch (OverlappingFileLockException heldByThisProcess) {
        // Another one asks, or has just taken it.
      }
      return Optional.of(nameIn(file));
    } catch (IOException failure) {
      throw IoErrors.translate("read", file, failure);
    }
  }

  private static String nameIn(Path file) throws IOException {
    String name = Files.readString(file, StandardCharsets.UTF_8).strip();
    return name.isEmpty() ? "an unnamed process" : name;
  }

  private Optional<Disk.Refusal> lockFile(Path file, String text) throws IOException {
    AsynchronousFileChannel opened =
        AsynchronousFileChannel.open(
            file,
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
            CallerThreadExecutor.INSTANCE);
    if (!tryLock(opened)) {
      opened.close();
      return Optional.of(new Disk.Refusal(nameIn(file)));
    }
    boolean named = false;
    try {
      name(new ChannelFile(FILE_NAME, file, opened), text);
      named = true;
    } finally {
      if (!named) {
        opened.close();
      }
    }
    channel = opened;
    return Optional.empty();
  }

  /** A full disk does not keep the owner out of his data: then the holder stays unnamed. */
  private static void name(ChannelFile content, String text) {
    content.truncate(0);
    try {
      content.write(0, ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)));
    } catch (DistDbException refused) {
      if (refused.code() != ErrorCode.DISK_FULL) {
        throw refused;
      }
      content.truncate(0);
    }
  }

  /** The lock lasts until its channel is closed, so the object itself need not be kept. */
  private static boolean tryLock(AsynchronousFileChannel opened) throws IOException {
    try {
      FileLock held = opened.tryLock();
      return held != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private String describe(String holder) {
    return holder
        + ", process "
        + ProcessHandle.current().pid()
        + " on "
        + hostName()
        + ", since "
        + Timestamp.toInstant(clock.wallMicros());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "this host";
    }
  }

  synchronized void release() {
    if (channel == null) {
      return;
    }
    try {
      channel.truncate(0);
      channel.close();
    } catch (IOException failure) {
      throw IoErrors.translate("unlock", root.resolve(FILE_NAME), failure);
    } finally {
      channel = null;
      HELD_HERE.remove(heldAs);
      heldAs = null;
    }
  }
}
