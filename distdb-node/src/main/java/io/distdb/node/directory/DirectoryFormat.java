// SPDX-License-Identifier: MIT
package io.distdb.node.directory;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the file {@code FORMAT} of a data directory says. Layout: docs/formats/data-directory.md.
 *
 * @param engine the name of the storage engine that the data is of
 * @param journal where the journal is, when it is not within
 */
record DirectoryFormat(String engine, Optional<Journal> journal) {
  /** The format that this binary writes, and the newest it reads. */
  static final int VERSION = 2;

  static final String FILE = "FORMAT";
  static final String TEMPORARY = "FORMAT.tmp";

  /** The engine of every directory of format 1, which does not name it. */
  static final String FIRST_ENGINE = "memory";

  private static final String FIRST_LINE = "DistDB data directory";
  private static final String VERSION_PREFIX = "format ";
  private static final int BYTES_MAX = 1 << 14;
  private static final String NEWER_HINT = "Open it with the newer DistDB. Nothing was changed.";

  /**
   * A journal in a directory of its own.
   *
   * @param place as the configuration names it, absolute
   * @param database what the journal's directory says too, so that the two find each other
   */
  record Journal(String place, String database) {}

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(FIRST_LINE).append('\n').append(VERSION_PREFIX).append(VERSION).append('\n');
    text.append("storage ").append(engine).append('\n');
    journal.ifPresent(other ->
        text.append("wal_dir ")
            .append(other.place)
            .append("\ndatabase ")
            .append(other.database)
            .append('\n'));
    return text.toString();
  }

  /** Written under another name, forced, renamed: it is there as a whole, or not. */
  void write(Disk disk) {
    write(disk, FILE, TEMPORARY, text());
  }

  static void write(Disk disk, String name, String temporary, String text) {
    try (DiskFile file = disk.create(temporary)) {
      file.write(0, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      file.force();
    }
    disk.rename(temporary, name);
    disk.forceDirectory("");
  }

  static String content(Disk disk, String name) {
    try (DiskFile file = disk.open(name)) {
      ByteBuffer content = ByteBuffer.allocate((int) Math.clamp(file.size(), 0, BYTES_MAX));
      file.read(0, content);
      return StandardCharsets.UTF_8.decode(content.flip()).toString();
    }
  }

  /**
   * Reads the file, which exists.
   *
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: newer, damaged, or not DistDB's
   */
  static DirectoryFormat read(Disk disk) {
    List<String> lines = content(disk, FILE).lines().toList();
    return version(lines, disk) == 1
        ? new DirectoryFormat(FIRST_ENGINE, Optional.empty())
        : of(lines.subList(2, lines.size()), disk);
  }

  /** The number in the file, which exists. Throws as {@link #read}. */
  static int version(Disk disk) {
    return version(content(disk, FILE).lines().toList(), disk);
  }

  private static int version(List<String> lines, Disk disk) {
    if (lines.size() < 2
        || !lines.get(0).equals(FIRST_LINE)
        || !lines.get(1).matches(VERSION_PREFIX + "[1-9][0-9]{0,8}")) {
      throw damaged(disk);
    }
    int version = Integer.parseInt(lines.get(1).substring(VERSION_PREFIX.length()));
    if (version > VERSION) {
      throw newer(disk, version);
    }
    return version;
  }

  private static DirectoryFormat of(List<String> lines, Disk disk) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines) {
      int space = line.indexOf(' ');
      if (space <= 0 || values.put(line.substring(0, space), line.substring(space + 1)) != null) {
        throw damaged(disk);
      }
    }
    String engine = values.remove("storage");
    String place = values.remove("wal_dir");
    String database = values.remove("database");
    if (engine == null || !values.isEmpty() || (place == null) != (database == null)) {
      throw damaged(disk);
    }
    return new DirectoryFormat(
        engine, place == null ? Optional.empty() : Optional.of(new Journal(place, database)));
  }

  private static DistDbException damaged(Disk disk) {
    return new DistDbException(
        ErrorCode.INCOMPATIBLE_FORMAT,
        "the file "
            + FILE
            + " in "
            + disk.location()
            + " was not written by DistDB, or is damaged");
  }

  /** Whether a refusal of {@link #read} says that the directory is a newer version's. */
  static boolean isNewer(DistDbException refusal) {
    return refusal.hint().filter(NEWER_HINT::equals).isPresent();
  }

  private static DistDbException newer(Disk disk, int version) {
    return new DistDbException(
            ErrorCode.INCOMPATIBLE_FORMAT,
            "the data directory "
                + disk.location()
                + " has format "
                + version
                + ", but this DistDB reads formats up to "
                + VERSION)
        .withHint(NEWER_HINT);
  }
}
