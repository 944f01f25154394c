// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.disk;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Turns the JDK's exceptions into codes. The JDK passes the system's reason on only as text, so a
 * full disk is known by that text or, should it be in another language, by the space that is left.
 */
final class IoErrors {
  private static final long NEARLY_NOTHING_BYTES = 64 << 10;

  private IoErrors() {}

  static DistDbException translate(String action, Path path, IOException failure) {
    String reason = reason(failure);
    String text = "cannot " + action + " " + path + ": " + reason;
    if (isDiskFull(action, path, reason)) {
      return new DistDbException(ErrorCode.DISK_FULL, text, failure)
          .withHint("Free space on that file system; writes are accepted again by themselves.");
    }
    DistDbException error = new DistDbException(ErrorCode.IO_ERROR, text, failure);
    if (failure instanceof AccessDeniedException) {
      return error.withHint(
          "Let the user \"" + System.getProperty("user.name") + "\" read and write " + path + ".");
    }
    if (reason.toLowerCase(Locale.ROOT).contains("read-only file system")) {
      return error.withHint("Mount the file system for writing, or choose another directory.");
    }
    if (failure instanceof FileAlreadyExistsException) {
      return error.withHint("Choose another directory, or move the file away.");
    }
    return error.withHint(
        "Look for disk errors in the system's log, then open the database again.");
  }

  private static String reason(IOException failure) {
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "there is a file of that name";
    }
    if (failure instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (failure instanceof FileSystemException named && named.getReason() != null) {
      return named.getReason();
    }
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }

  private static boolean isDiskFull(String action, Path path, String reason) {
    String text = reason.toLowerCase(Locale.ROOT);
    if (text.contains("no space left") || text.contains("quota exceeded")) {
      return true;
    }
    return action.equals("write") && usableBytes(path) < NEARLY_NOTHING_BYTES;
  }

  private static long usableBytes(Path path) {
    try {
      return Files.getFileStore(path).getUsableSpace();
    } catch (IOException unknown) {
      return Long.MAX_VALUE;
    }
  }
}
