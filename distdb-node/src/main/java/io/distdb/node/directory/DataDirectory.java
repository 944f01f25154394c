// SPDX-License-Identifier: MIT
package io.distdb.node.directory;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A data directory that this process holds, and the directory of its journal when that has one of
 * its own. Layout: docs/formats/data-directory.md.
 *
 * <p>The file {@code FORMAT} says that the directory is DistDB's, since which version its files may
 * not be read, which storage engine they are of and where the journal is. It is written first,
 * under another name, forced and renamed; so a directory that lacks it and holds nothing but what
 * that leaves behind is new, and one that holds anything else is somebody else's. It is read before
 * the lock is taken, because taking a lock writes a file.
 */
public final class DataDirectory implements AutoCloseable {
  static final String JOURNAL = "journal";
  static final String SNAPSHOTS = "snapshots";
  static final String STORAGE = "storage";
  static final String TEMPORARY = "temp";
  static final String ARRIVING = "arriving";

  /** What a crash within the first opening can leave. */
  private static final Set<String> LEFT_BY_CREATION =
      Set.of("distdb.lock", DirectoryFormat.TEMPORARY);

  private final Disk disk;
  private final Disk journalHome;
  private final String engineDirectory;

  /** What this database is called if it has no name yet. */
  private final String newName;

  private final boolean hadContent;

  private DataDirectory(Disk disk, Disk journalHome, DirectoryLayout layout) {
    this.disk = disk;
    this.journalHome = journalHome;
    this.engineDirectory = engineDirectory(layout.engine());
    this.newName = layout.database();
    // A node that waits to be added has opened its engine, but never its journal.
    this.hadContent =
        !journalHome.list(JOURNAL).isEmpty()
            || !disk.exists(MemberFile.FILE) && !disk.list(engineDirectory).isEmpty();
  }

  static String engineDirectory(String engine) {
    return engine.equals(DirectoryFormat.FIRST_ENGINE) ? SNAPSHOTS : STORAGE;
  }

  /**
   * Takes the directory, which is made when it is missing, and that of the journal.
   *
   * @param holder who takes it, for the message that others get meanwhile
   * @throws DistDbException {@code DATABASE_IN_USE} names the holder; {@code INCOMPATIBLE_FORMAT}:
   *     a newer version's, another storage engine's, or not DistDB's; {@code CONFIGURATION_ERROR}:
   *     its journal is elsewhere; {@code DATA_CORRUPTED}: its journal is gone. Nothing was changed
   */
  public static DataDirectory open(Disk disk, DirectoryLayout layout, String holder) {
    Optional<JournalHome> home = layout.journal().map(JournalHome::new);
    boolean isNew = isNew(disk, layout, home);
    if (isNew) {
      disk.createDirectories("");
    }
    lock(disk, holder);
    boolean opened = false;
    try {
      home.ifPresent(other -> lockHome(other, isNew, holder));
      if (isNew(disk, layout, home)) {
        create(disk, layout, home);
      } else {
        secure(disk, home.map(JournalHome::disk).orElse(disk));
      }
      DataDirectory directory =
          new DataDirectory(disk, home.map(JournalHome::disk).orElse(disk), layout);
      directory.refuseLostJournal();
      directory.makeParts();
      opened = true;
      return directory;
    } finally {
      if (!opened) {
        home.ifPresent(other -> other.disk().unlock());
        disk.unlock();
      }
    }
  }

  private static void lockHome(JournalHome home, boolean isNew, String holder) {
    if (isNew) {
      home.disk().createDirectories("");
    }
    lock(home.disk(), holder);
  }

  /** The parts of a directory that is not a database yet. The caller holds it. */
  static DataDirectory unfinished(Disk disk, DirectoryLayout layout) {
    DataDirectory directory = new DataDirectory(disk, disk, layout);
    directory.makeParts();
    return directory;
  }

  static void lock(Disk disk, String holder) {
    Optional<Disk.Refusal> refusal = disk.lock(holder);
    if (refusal.isPresent()) {
      throw new DistDbException(
              ErrorCode.DATABASE_IN_USE,
              "the data directory " + disk.location() + " is in use by " + refusal.get().holder())
          .withHint("Close the other user, or give another directory.");
    }
  }

  /** The journal's directory learns first whose it is: nothing refers to it until FORMAT does. */
  private static void create(Disk disk, DirectoryLayout layout, Optional<JournalHome> home) {
    home.ifPresent(other -> other.write(layout.database()));
    new DirectoryFormat(
            layout.engine(),
            home.map(other -> new DirectoryFormat.Journal(other.name(), layout.database())))
        .write(disk);
  }

  /**
   * While there is nothing in the journal, an earlier opening may have failed to force what it had
   * made; forcing it again would not make that good, so it is made again. What a restore made has
   * no journal either, but content, and its directories were forced before it had its name.
   */
  private static void secure(Disk disk, Disk journalHome) {
    if (journalHome.list(JOURNAL).isEmpty()) {
      String text = DirectoryFormat.content(disk, DirectoryFormat.FILE);
      DirectoryFormat.write(disk, DirectoryFormat.FILE, DirectoryFormat.TEMPORARY, text);
      if (disk.list(SNAPSHOTS).isEmpty() && disk.list(STORAGE).isEmpty()) {
        deleteEmpty(disk, SNAPSHOTS);
        deleteEmpty(journalHome, JOURNAL);
      }
    }
  }

  private static void deleteEmpty(Disk disk, String directory) {
    if (disk.exists(directory) && disk.list(directory).isEmpty()) {
      disk.delete(directory);
    }
  }

  /** False when it is DistDB's and as the layout wants it; refuses all but a new one otherwise. */
  private static boolean isNew(Disk disk, DirectoryLayout layout, Optional<JournalHome> home) {
    if (disk.exists(DirectoryFormat.FILE)) {
      DirectoryFormat format = DirectoryFormat.read(disk);
      checkEngine(format, layout, disk);
      checkJournal(format, home, disk);
      return false;
    }
    List<String> names = disk.list("");
    RestoredDirectory.refuseUnfinished(disk, names);
    for (String name : names) {
      if (!LEFT_BY_CREATION.contains(name)) {
        throw new DistDbException(
                ErrorCode.INCOMPATIBLE_FORMAT,
                "the directory "
                    + disk.location()
                    + " is not a DistDB data directory: it has no file FORMAT, but it holds \""
                    + name
                    + "\"")
            .withHint("Give an empty or a new directory.");
      }
    }
    home.ifPresent(JournalHome::requireFree);
    return true;
  }

  private static void checkEngine(DirectoryFormat format, DirectoryLayout layout, Disk disk) {
    if (!format.engine().equals(layout.engine())) {
      throw new DistDbException(
              ErrorCode.INCOMPATIBLE_FORMAT,
              "the data directory "
                  + disk.location()
                  + " was written by the storage engine \""
                  + format.engine()
                  + "\", and cannot be opened by \""
                  + layout.engine()
                  + "\"")
          .withHint(
              "Set storage to "
                  + format.engine()
                  + ", or give another directory. Nothing was changed.");
    }
  }

  private static void checkJournal(DirectoryFormat format, Optional<JournalHome> home, Disk disk) {
    String wanted = home.map(JournalHome::name).orElse(null);
    String found = format.journal().map(DirectoryFormat.Journal::place).orElse(null);
    if (!Objects.equals(found, wanted)) {
      throw new DistDbException(
              ErrorCode.CONFIGURATION_ERROR,
              "the journal of the data directory "
                  + disk.location()
                  + (found == null ? " is in it" : " is in the wal_dir " + found)
                  + (wanted == null ? "" : ", not in the wal_dir " + wanted))
          .withHint(
              (found == null ? "Leave wal_dir out." : "Set wal_dir to " + found + ".")
                  + " Nothing was changed.");
    }
    format.journal().ifPresent(journal -> home.get().requireOf(journal.database(), disk));
  }

  /** Opened without its journal it would lack what was committed since the snapshot. */
  private void refuseLostJournal() {
    if (!journalHome.exists(JOURNAL) && !disk.list(engineDirectory).isEmpty()) {
      throw new DistDbException(
              ErrorCode.DATA_CORRUPTED,
              "the data directory "
                  + disk.location()
                  + " has "
                  + (engineDirectory.equals(SNAPSHOTS) ? "snapshots" : "data")
                  + ", but no journal")
          .withHint(
              "Bring the directory \""
                  + JOURNAL
                  + "\" of "
                  + journalHome.location()
                  + " back. Nothing was changed.");
    }
  }

  /** The parts make their own directories, but their names here only this class can force. */
  private void makeParts() {
    journalHome.createDirectories(JOURNAL);
    disk.createDirectories(engineDirectory);
    disk.forceDirectory("");
    if (journalHome != disk) {
      journalHome.forceDirectory("");
    }
  }

  /** Where this is, for messages to people. */
  public String location() {
    return disk.location();
  }

  /** Where this is in the file system; empty for a disk that is simulated. */
  public Optional<Path> localPath() {
    return disk.localPath();
  }

  /** Where the journal's segments are. */
  public Disk journal() {
    return journalHome.directory(JOURNAL);
  }

  /** What belongs to the storage engine. */
  public Disk engine() {
    return disk.directory(engineDirectory);
  }

  /**
   * By what archives and backups know this database: no other one has it. It is written down when
   * it is first asked for.
   *
   * @throws DistDbException {@code DATA_CORRUPTED}, {@code INCOMPATIBLE_FORMAT}, {@code IO_ERROR}
   */
  public synchronized String identity() {
    if (!disk.exists(DatabaseIdentity.FILE)) {
      String name =
          DirectoryFormat.read(disk)
              .journal()
              .map(DirectoryFormat.Journal::database)
              .orElse(newName);
      DatabaseIdentity.write(disk, name);
    }
    return DatabaseIdentity.read(disk);
  }

  /**
   * What this directory knows of its place in a cluster; empty: it was never to be in one.
   *
   * @throws DistDbException {@code DATA_CORRUPTED}, {@code INCOMPATIBLE_FORMAT}, {@code IO_ERROR}
   */
  public Optional<MemberIdentity> member() {
    return MemberFile.read(disk);
  }

  /** Keeps {@code identity}, durably. */
  public void member(MemberIdentity identity) {
    MemberFile.write(disk, identity);
  }

  /** Keeps, durably and for ever, that it went on without the quorum of its cluster, and how. */
  public void recovered(String how) {
    RecoveryRecord.add(disk, how);
  }

  /** Whether there was something in it when it was opened, besides its own name. */
  public boolean hadContent() {
    return hadContent;
  }

  /** For files of statements under way; nobody needs what is in it when it is opened. */
  public Disk temporary() {
    return disk.directory(TEMPORARY);
  }

  /** For snapshots of other nodes that are not whole yet. */
  public Disk arriving() {
    return disk.directory(ARRIVING);
  }

  /** Gives the directory back, and that of the journal. May be called twice. */
  @Override
  public void close() {
    try {
      if (journalHome != disk) {
        journalHome.unlock();
      }
    } finally {
      disk.unlock();
    }
  }
}
