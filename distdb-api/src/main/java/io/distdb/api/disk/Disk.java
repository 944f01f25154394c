// SPDX-License-Identifier: MIT
package io.distdb.api.disk;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One directory tree that DistDB owns. Names are relative, parts joined by {@code /}.
 *
 * <p>What survives a power loss: the content of a file up to its last {@link DiskFile#force}; that
 * a file exists, is gone, or has its new name only after {@link #forceDirectory} of its directory.
 * Thread-safe. Errors: {@code DISK_FULL}, {@code IO_ERROR}, {@code UNDEFINED_FILE}, each naming the
 * file.
 */
public interface Disk {
  /** Opens an existing file for reading and writing. */
  DiskFile open(String name);

  /** Creates an empty file, or empties an existing one. */
  DiskFile create(String name);

  boolean exists(String name);

  /**
   * Plain names of the files and directories in {@code directory}, sorted; empty when it is
   * missing.
   */
  List<String> list(String directory);

  /**
   * Creates the directory and those above it. On a file system, the names of the new ones above the
   * root of this disk are durable when it returns.
   */
  void createDirectories(String directory);

  /** Renames a file, replacing one of the new name; atomic. Its open handles stay good. */
  void rename(String from, String to);

  /** Deletes a file, or a directory that is empty; false when there is none. */
  boolean delete(String name);

  /** Makes creations, deletions and renames in {@code directory} durable. */
  void forceDirectory(String directory);

  /** Bytes that may still be written, about. */
  long usableBytes();

  /** The tree below {@code directory}, as a disk of its own. */
  Disk directory(String directory);

  /** Where this is, for messages to people. */
  String location();

  /**
   * Where this is in the file system, for native code that opens files by itself; empty for a disk
   * that is simulated. What goes past this port escapes every simulation.
   */
  default Optional<Path> localPath() {
    return Optional.empty();
  }

  /**
   * Takes the tree for this process.
   *
   * @param holder who takes it, shown to those who come later
   * @return empty when taken
   */
  Optional<Refusal> lock(String holder);

  /**
   * Who has taken the tree, as they named themselves, this process included; empty when nobody has.
   * Changes nothing.
   */
  default Optional<String> holder() {
    return Optional.empty();
  }

  /** Gives the tree back. Harmless when it is not held. */
  void unlock();

  /** Why a tree could not be locked. */
  record Refusal(String holder) {}
}
