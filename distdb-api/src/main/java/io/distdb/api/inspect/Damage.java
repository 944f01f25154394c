// SPDX-License-Identifier: MIT
package io.distdb.api.inspect;

import java.util.Objects;

/**
 * Something wrong with one file.
 *
 * @param file the file, as a path for people; of one that is missing, where it should be
 * @param offset the first byte that is wrong or cannot be read; {@link #WHOLE_FILE} when the file
 *     as a whole is meant
 * @param bytes how many bytes from there on are of no use; 0 when none is lost by it
 * @param what what is wrong, for people; starts in lower case, no full stop
 */
public record Damage(String file, long offset, long bytes, Kind kind, String what) {
  /** As an offset: no place within the file. */
  public static final long WHOLE_FILE = -1;

  /** What kind of damage it is. */
  public enum Kind {
    /** A file that another one names is not there. */
    MISSING_FILE,
    /** The beginning of a file cannot be read. */
    HEADER,
    /** A journal record that was on the disk cannot be read. */
    RECORD,
    /** A block of a snapshot or of a RocksDB file cannot be read. */
    BLOCK,
    /** What is there is whole, yet not what belongs there. */
    CONTENT,
    /** Entries of the log are missing between two that are there. */
    LOG_GAP,
    /** Written by a newer version; nothing can be said about it. */
    NEWER_FORMAT,
    /** A file that does not belong here. */
    FOREIGN_FILE,
    /** The operating system does not let it be read. */
    UNREADABLE
  }

  public Damage {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(what, "what");
  }

  /** Of the file as a whole. */
  public static Damage of(String file, Kind kind, String what) {
    return new Damage(file, WHOLE_FILE, 0, kind, what);
  }
}
