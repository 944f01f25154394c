// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.Timestamp;
import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.LogPosition;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The file {@code BACKUP} of a backup's directory: what the other files are, and of which moment.
 * It is written last; a directory without it holds no backup. Layout: docs/formats/backup.md.
 *
 * @param id of this backup: a hash over everything else that is said here, so that an incremental
 *     backup names exactly the one that it continues
 * @param parent the id of the backup that it continues; empty: it is a full one
 * @param database the identity of the database
 * @param engine the storage engine that it was taken from; it can be restored to any
 * @param version of the DistDB that wrote it
 * @param timestamp what a reader at it saw is what a restore shows
 * @param position the log position that it reaches
 */
public record BackupManifest(
    String id,
    Optional<String> parent,
    String database,
    String engine,
    String version,
    long timestamp,
    LogPosition position,
    Compression compression,
    List<BackupFile> files) {
  static final String FILE = "BACKUP";
  private static final String TEMPORARY = "BACKUP.tmp";
  private static final int BYTES_MAX = 16 << 20;

  public BackupManifest {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(parent, "parent");
    Objects.requireNonNull(compression, "compression");
    files = List.copyOf(files);
  }

  /** A manifest that gets its id. */
  BackupManifest withId() {
    return new BackupManifest(
        ManifestText.id(this),
        parent,
        database,
        engine,
        version,
        timestamp,
        position,
        compression,
        files);
  }

  public boolean isIncremental() {
    return parent.isPresent();
  }

  /** Bytes of all files. */
  public long bytes() {
    return files.stream().mapToLong(BackupFile::bytes).sum();
  }

  /** As {@link Timestamp} has it, for people. */
  String time() {
    return Timestamp.toInstant(timestamp).toString();
  }

  /** Writes it under another name, forces it, renames it: it is there as a whole, or not. */
  void write(Disk disk) {
    try (DiskFile file = disk.create(TEMPORARY)) {
      file.write(0, ByteBuffer.wrap(ManifestText.of(this).getBytes(StandardCharsets.UTF_8)));
      file.force();
    }
    disk.rename(TEMPORARY, FILE);
    disk.forceDirectory("");
  }

  /**
   * Reads that of a backup.
   *
   * @throws DistDbException {@code UNDEFINED_FILE}: there is nothing; {@code
   *     OBJECT_NOT_IN_PREREQUISITE_STATE}: the backup was interrupted; {@code DATA_CORRUPTED};
   *     {@code INCOMPATIBLE_FORMAT}: a newer DistDB wrote it
   */
  public static BackupManifest read(Disk disk) {
    if (!disk.exists(FILE)) {
      throw absent(disk);
    }
    try (DiskFile file = disk.open(FILE)) {
      ByteBuffer content = ByteBuffer.allocate((int) Math.clamp(file.size(), 0, BYTES_MAX));
      file.read(0, content);
      String text = StandardCharsets.UTF_8.decode(content.flip()).toString();
      return ManifestText.parse(text, disk.location() + "/" + FILE);
    }
  }

  private static DistDbException absent(Disk disk) {
    if (disk.list("").isEmpty()) {
      return new DistDbException(
          ErrorCode.UNDEFINED_FILE, "there is no backup in the directory " + disk.location());
    }
    return new DistDbException(
            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
            "the directory "
                + disk.location()
                + " holds an interrupted backup, or none: it has no file "
                + FILE)
        .withHint("A backup is complete once it has that file. Take another one.");
  }
}
