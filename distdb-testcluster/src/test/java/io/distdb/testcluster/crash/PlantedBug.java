// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.testcluster.crash.PlantedDisk.Accomplice;
import io.distdb.testkit.disk.DiskOperation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Bugs that a database like this one has had, each with the workload and the fault that show it.
 */
enum PlantedBug implements Bug {
  ACKNOWLEDGES_BEFORE_THE_FORCE("commits of sessions", FaultModel.LOST, ForcesNoJournal::new),
  FORCES_NO_DIRECTORY("reopenings", FaultModel.LOST, ForcesNoDirectory::new),
  PURGES_BEFORE_THE_RENAME("accounts", FaultModel.LOST, RenamesLate::new),
  PURGES_PAST_WHAT_IS_COVERED("recycled segments", FaultModel.KEPT, PurgesOneMore::new),
  FORCES_NO_SEGMENT_HEADER("recycled segments", FaultModel.LOST, ForcesNoHeader::new),
  /** What the disk reorders is chance: six of the seeds from 1 to 8 show it, 1 and 6 do not. */
  REUSES_A_SEGMENT_BEFORE_ITS_NAME_IS_GONE(
      "recycled segments", FaultModel.REORDERED, 2, ForcesNoRetirement::new),
  NAMES_A_SNAPSHOT_BEFORE_ITS_CONTENT_IS_FORCED("accounts", FaultModel.LOST, ForcesNoSnapshot::new),
  DELETES_THE_OLD_SNAPSHOT_BEFORE_THE_NEW_IS_DURABLE(
      "accounts", FaultModel.REORDERED, ForcesNoSnapshotName::new),
  SNAPSHOT_CLAIMS_A_LATER_POSITION("accounts", FaultModel.KEPT, ClaimsMore::new),
  RELIES_ON_A_TAIL_THAT_WAS_READ_BUT_NOT_FORCED("accounts", FaultModel.TWICE, ForcesNoTail::new),
  TAKES_A_REPEATED_FORCE_FOR_SUCCESS("accounts", FaultModel.EIO_ONCE, ForcesAgain::new),
  SWALLOWS_ERRORS_OF_WRITES("accounts", FaultModel.EIO_ONCE, SwallowsErrors::new),
  TAKES_A_FULL_DISK_FOR_SUCCESS("bulk loads", FaultModel.ENOSPC_ON, SwallowsFull::new),
  FORGETS_WHOSE_THE_JOURNAL_IS("journal apart", FaultModel.LOST, ForcesNoOwner::new),
  COMPLETES_A_BACKUP_BEFORE_ITS_FILES_ARE_FORCED("backups", FaultModel.LOST, ForcesNoBackup::new),
  COMPLETES_A_RESTORE_BEFORE_ITS_DATA_IS_FORCED("restores", FaultModel.LOST, ForcesNoCopy::new),
  PURGES_WHAT_THE_ARCHIVE_HAS_NOT_FORCED("archives", FaultModel.LOST, ForcesNoArchive::new);

  private final String workload;
  private final FaultModel shownBy;
  private final long seed;
  private final Supplier<Accomplice> accomplice;

  PlantedBug(String workload, FaultModel shownBy, Supplier<Accomplice> accomplice) {
    this(workload, shownBy, 1, accomplice);
  }

  PlantedBug(String workload, FaultModel shownBy, long seed, Supplier<Accomplice> accomplice) {
    this.workload = workload;
    this.shownBy = shownBy;
    this.seed = seed;
    this.accomplice = accomplice;
  }

  /** Where it may show, in any order. */
  List<CrashPoint> points() {
    List<CrashPoint> points =
        new ArrayList<>(Enumerator.points(Workloads.named(workload), seed, List.of(shownBy)));
    if (this == TAKES_A_REPEATED_FORCE_FOR_SUCCESS) {
      points.removeIf(point -> point.spot().operation() != DiskOperation.FORCE);
    }
    Collections.shuffle(points, new Random(seed));
    return points;
  }

  @Override
  public Disk plant(Disk real, int life) {
    return new PlantedDisk(real, accomplice.get());
  }

  private static boolean isSegment(String name) {
    return name.contains("journal/") && name.endsWith(".segment");
  }

  private static boolean isFree(String name) {
    return name.contains("journal/free-");
  }

  /** Writes reach the journal, forces do not. */
  private static final class ForcesNoJournal extends Accomplice {
    @Override
    void force(String opened, DiskFile file) {
      if (!isSegment(opened)) {
        file.force();
      }
    }
  }

  private static final class ForcesNoDirectory extends Accomplice {
    @Override
    void forceDirectory(String name) {
      // The bug: creations and renames are taken for durable.
    }
  }

  /** A snapshot gets its name when the journal behind it is gone already. */
  private static final class RenamesLate extends Accomplice {
    private final List<String[]> held = new ArrayList<>();

    @Override
    void rename(String from, String to) {
      if (to.contains("snapshot-")) {
        held.add(new String[] {from, to});
      } else {
        root.rename(from, to);
        release();
      }
    }

    @Override
    boolean delete(String name) {
      boolean deleted = root.delete(name);
      if (!name.contains("snapshot")) {
        release();
      }
      return deleted;
    }

    private void release() {
      for (String[] names : held) {
        root.rename(names[0], names[1]);
        root.forceDirectory(names[1].substring(0, names[1].lastIndexOf('/')));
      }
      held.clear();
    }
  }

  /** With each purged segment goes the next one. */
  private static final class PurgesOneMore extends Accomplice {
    @Override
    void rename(String from, String to) {
      root.rename(from, to);
      if (isFree(to)) {
        deleteNext(from);
      }
    }

    @Override
    boolean delete(String name) {
      boolean deleted = root.delete(name);
      if (isSegment(name) && !isFree(name)) {
        deleteNext(name);
      }
      return deleted;
    }

    private void deleteNext(String name) {
      String directory = name.substring(0, name.lastIndexOf('/') + 1);
      long epoch = Long.parseLong(name.substring(directory.length(), name.lastIndexOf('.')));
      root.delete(directory + String.format("%016d.segment", epoch + 1));
    }
  }

  /** A segment is given its name before its header is on the disk. */
  private static final class ForcesNoHeader extends Accomplice {
    private final Set<String> named = new HashSet<>();

    @Override
    void force(String opened, DiskFile file) {
      if (!isFree(opened) || named.contains(opened)) {
        file.force();
      }
    }

    @Override
    void rename(String from, String to) {
      root.rename(from, to);
      named.add(from);
      named.remove(to);
    }
  }

  /** A purged segment is written to while a power loss may still bring its name back. */
  private static final class ForcesNoRetirement extends Accomplice {
    private boolean retired;

    @Override
    void rename(String from, String to) {
      root.rename(from, to);
      retired = isFree(to);
    }

    @Override
    void forceDirectory(String name) {
      if (!retired || !name.endsWith("journal")) {
        root.forceDirectory(name);
      }
      retired = false;
    }
  }

  private static final class ForcesNoSnapshot extends Accomplice {
    @Override
    void force(String opened, DiskFile file) {
      if (!opened.contains("snapshot-")) {
        file.force();
      }
    }
  }

  private static final class ForcesNoSnapshotName extends Accomplice {
    @Override
    void forceDirectory(String name) {
      if (!name.contains("shard-")) {
        root.forceDirectory(name);
      }
    }
  }

  /** The position in a snapshot's header is one above what the snapshot holds. */
  private static final class ClaimsMore extends Accomplice {
    @Override
    void rename(String from, String to) {
      if (to.contains("snapshot-")) {
        try (DiskFile file = root.open(from)) {
          SnapshotForger.forge(file);
        }
      }
      root.rename(from, to);
    }
  }

  /** What recovery copies into the segment it begins is trusted without a force. */
  private static final class ForcesNoTail extends Accomplice {
    private final Set<String> forcedOnce = new HashSet<>();
    private boolean recovered;

    @Override
    void force(String opened, DiskFile file) {
      if (recovered || !isFree(opened) || forcedOnce.add(opened)) {
        file.force();
      }
    }

    @Override
    void rename(String from, String to) {
      root.rename(from, to);
      recovered |= isFree(from);
    }
  }

  /** "fsyncgate": the pages are clean after the first failure, so the second force succeeds. */
  private static final class ForcesAgain extends Accomplice {
    @Override
    void force(String opened, DiskFile file) {
      try {
        file.force();
      } catch (DistDbException failed) {
        file.force();
      }
    }
  }

  private static final class SwallowsErrors extends Accomplice {
    @Override
    void write(String opened, DiskFile file, long position, ByteBuffer source) {
      try {
        file.write(position, source);
      } catch (DistDbException failed) {
        source.position(source.limit());
      }
    }
  }

  private static final class SwallowsFull extends Accomplice {
    @Override
    void write(String opened, DiskFile file, long position, ByteBuffer source) {
      try {
        file.write(position, source);
      } catch (DistDbException full) {
        if (full.code() != ErrorCode.DISK_FULL) {
          throw full;
        }
        source.position(source.limit());
      }
    }
  }

  private static final class ForcesNoBackup extends Accomplice {
    @Override
    void force(String opened, DiskFile file) {
      if (!opened.startsWith("backup-") || opened.contains("BACKUP")) {
        file.force();
      }
    }
  }

  private static final class ForcesNoArchive extends Accomplice {
    @Override
    void force(String opened, DiskFile file) {
      if (!opened.startsWith("archive/")) {
        file.force();
      }
    }
  }

  private static final class ForcesNoCopy extends Accomplice {
    @Override
    void force(String opened, DiskFile file) {
      if (!opened.startsWith("copy-") || !opened.contains("snapshot-")) {
        file.force();
      }
    }
  }

  /** The journal's own directory does not durably say whose it is. */
  private static final class ForcesNoOwner extends Accomplice {
    @Override
    void force(String opened, DiskFile file) {
      if (!opened.contains("JOURNAL")) {
        file.force();
      }
    }
  }
}
