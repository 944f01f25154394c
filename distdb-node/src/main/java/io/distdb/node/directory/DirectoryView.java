// SPDX-License-Identifier: MIT
package io.distdb.node.directory;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.inspect.Damage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A data directory seen from outside: not taken, and nothing in it changed.
 *
 * @param format the number in {@code FORMAT}; empty when the file cannot be read
 * @param engine the name of the storage engine; told from what is there when {@code FORMAT} cannot
 *     be read
 * @param walDirectory where {@code FORMAT} says that the journal is, when it is elsewhere
 * @param holder who has it open; empty when nobody has
 * @param storage what belongs to the storage engine; need not exist
 * @param journal the journal's segments; need not exist
 */
public record DirectoryView(
    Disk disk,
    Optional<Integer> format,
    String engine,
    Optional<String> walDirectory,
    Optional<String> holder,
    Disk storage,
    Disk journal) {
  private static final Set<String> KNOWN =
      Set.of(
          DirectoryFormat.FILE,
          DirectoryFormat.TEMPORARY,
          DataDirectory.JOURNAL,
          DataDirectory.SNAPSHOTS,
          DataDirectory.STORAGE,
          DataDirectory.TEMPORARY,
          DataDirectory.ARRIVING,
          DatabaseIdentity.FILE,
          DatabaseIdentity.TEMPORARY,
          MemberFile.FILE,
          MemberFile.TEMPORARY,
          RecoveryRecord.FILE,
          RecoveryRecord.TEMPORARY,
          "distdb.lock",
          "tls.p12");

  /**
   * Looks.
   *
   * @param places opens the directory that {@code wal_dir} names
   * @param damages hears what is wrong with the directory as a whole
   * @throws DistDbException {@code UNDEFINED_FILE}: there is none, or it is empty; {@code
   *     INCOMPATIBLE_FORMAT}: a newer version's, or not DistDB's; {@code
   *     OBJECT_NOT_IN_PREREQUISITE_STATE}: an interrupted restore
   */
  public static DirectoryView of(
      Disk disk, Function<String, Disk> places, Consumer<Damage> damages) {
    List<String> names = disk.list("");
    if (names.isEmpty()) {
      throw new DistDbException(
          ErrorCode.UNDEFINED_FILE, "there is no data directory " + disk.location());
    }
    RestoredDirectory.refuseUnfinished(disk, names);
    names.stream()
        .filter(name -> !KNOWN.contains(name))
        .forEach(name ->
            damages.accept(
                Damage.of(
                    disk.location() + "/" + name,
                    Damage.Kind.FOREIGN_FILE,
                    "DistDB makes no file of this name in a data directory")));
    checkIdentity(disk, names, damages);
    Optional<DirectoryFormat> format = format(disk, names, damages);
    String engine = format.map(DirectoryFormat::engine).orElseGet(() -> engineOf(names));
    Optional<DirectoryFormat.Journal> elsewhere = format.flatMap(DirectoryFormat::journal);
    Disk home = elsewhere.map(journal -> places.apply(journal.place())).orElse(disk);
    elsewhere.ifPresent(journal -> checkHome(home, journal, damages));
    return new DirectoryView(
        disk,
        format.map(known -> DirectoryFormat.version(disk)),
        engine,
        elsewhere.map(DirectoryFormat.Journal::place),
        disk.holder(),
        disk.directory(DataDirectory.engineDirectory(engine)),
        home.directory(DataDirectory.JOURNAL));
  }

  /** Its place in a cluster; empty: it has none, or the file that says so is damaged. */
  public Optional<MemberIdentity> member(Consumer<Damage> damages) {
    try {
      return MemberFile.read(disk);
    } catch (DistDbException refused) {
      damages.accept(
          new Damage(
              disk.location() + "/" + MemberFile.FILE,
              0,
              0,
              refused.code() == ErrorCode.INCOMPATIBLE_FORMAT
                  ? Damage.Kind.NEWER_FORMAT
                  : Damage.Kind.HEADER,
              refused.getMessage()));
      return Optional.empty();
    }
  }

  /** A line for each time that it went on without the quorum of its cluster. */
  public List<String> recoveries() {
    return RecoveryRecord.read(disk);
  }

  private static Optional<DirectoryFormat> format(
      Disk disk, List<String> names, Consumer<Damage> damages) {
    try {
      return Optional.of(DirectoryFormat.read(disk));
    } catch (DistDbException refused) {
      boolean looksLikeOne =
          names.contains(DataDirectory.JOURNAL)
              && (names.contains(DataDirectory.SNAPSHOTS) || names.contains(DataDirectory.STORAGE));
      if (DirectoryFormat.isNewer(refused) || !looksLikeOne) {
        throw names.contains(DirectoryFormat.FILE)
            ? refused
            : new DistDbException(
                ErrorCode.INCOMPATIBLE_FORMAT,
                "the directory " + disk.location() + " is not a DistDB data directory");
      }
      damages.accept(
          names.contains(DirectoryFormat.FILE)
              ? new Damage(
                  disk.location() + "/" + DirectoryFormat.FILE,
                  0,
                  0,
                  Damage.Kind.HEADER,
                  refused.getMessage())
              : Damage.of(
                  disk.location() + "/" + DirectoryFormat.FILE,
                  Damage.Kind.MISSING_FILE,
                  "the file that says what the directory is"));
      return Optional.empty();
    }
  }

  private static void checkIdentity(Disk disk, List<String> names, Consumer<Damage> damages) {
    if (names.contains(DatabaseIdentity.FILE)) {
      try {
        DatabaseIdentity.read(disk);
      } catch (DistDbException refused) {
        damages.accept(
            new Damage(
                disk.location() + "/" + DatabaseIdentity.FILE,
                0,
                0,
                refused.code() == ErrorCode.INCOMPATIBLE_FORMAT
                    ? Damage.Kind.NEWER_FORMAT
                    : Damage.Kind.HEADER,
                refused.getMessage()));
      }
    }
  }

  private static String engineOf(List<String> names) {
    return names.contains(DataDirectory.STORAGE) ? "rocksdb" : DirectoryFormat.FIRST_ENGINE;
  }

  private static void checkHome(
      Disk home, DirectoryFormat.Journal journal, Consumer<Damage> damages) {
    JournalHome.problem(home, journal.database())
        .ifPresent(problem ->
            damages.accept(
                Damage.of(
                    home.location() + "/" + JournalHome.FILE,
                    home.exists(JournalHome.FILE) ? Damage.Kind.CONTENT : Damage.Kind.MISSING_FILE,
                    problem)));
  }
}
