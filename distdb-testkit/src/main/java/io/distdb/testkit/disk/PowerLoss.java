// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

import io.distdb.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides what of the unforced changes is on the device after the power went.
 *
 * <p>The model is a page cache over sectors that are written whole. Each sector holds one of the
 * versions it had since the last force, so a later version of a sector never lacks an earlier write
 * to it, but two sectors of one write are independent. A file's size and its cuts are in its inode,
 * which is one version too: a cut that is in the inode hides all that was in the cut part before
 * it, and one that is not hides all that was written there after it. A sector that the size covers
 * and that was never written reads as zeros.
 */
final class PowerLoss {
  private final CrashMode mode;
  private final SeededRandom random;
  private final double keepProbability;
  private final long tornSequence;
  private final boolean tornIsKept;

  PowerLoss(CrashMode mode, SeededRandom random, List<Long> pending) {
    this.mode = mode;
    this.random = random;
    this.keepProbability = random.pick(List.of(0.1, 0.5, 0.9));
    boolean atTheLast = random.chance(0.5);
    if (pending.isEmpty()) {
      this.tornSequence = Long.MAX_VALUE;
    } else {
      int index = atTheLast ? pending.size() - 1 : random.below(pending.size());
      this.tornSequence = pending.get(index);
    }
    this.tornIsKept = random.chance(0.5);
  }

  boolean keeps(Namespace.Change change) {
    return switch (mode) {
      case LOST -> false;
      case KEPT -> true;
      case TORN ->
          change.sequence() < tornSequence || (change.sequence() == tornSequence && tornIsKept);
      case REORDERED -> random.chance(keepProbability);
    };
  }

  Pages content(FileNode file) {
    return switch (mode) {
      case LOST -> file.durableContent().copy();
      case KEPT -> kept(file);
      case TORN -> torn(file);
      case REORDERED -> reordered(file, random, keepProbability);
    };
  }

  private static Pages kept(FileNode file) {
    Pages content = file.durableContent().copy();
    file.pending().forEach(change -> change.applyTo(content));
    return content;
  }

  private Pages torn(FileNode file) {
    Pages content = file.durableContent().copy();
    for (FileChange change : file.pending()) {
      if (change.sequence() < tornSequence) {
        change.applyTo(content);
      } else if (change.sequence() == tornSequence) {
        tear(change, content);
      }
    }
    return content;
  }

  private void tear(FileChange change, Pages content) {
    long sectors = change.endSector() - change.firstSector();
    if (change.shrinks() || sectors == 0) {
      if (tornIsKept) {
        change.applyTo(content);
      }
      return;
    }
    change.applyTornTo(content, random.below(sectors + 1));
    if (tornIsKept) {
      content.resize(change.sizeAfter());
    }
  }

  /** A random subset, for a force that failed. */
  static Pages reordered(FileNode file, SeededRandom random) {
    return reordered(file, random, 0.5);
  }

  private static Pages reordered(FileNode file, SeededRandom random, double keepProbability) {
    List<FileChange> changes = file.pending();
    Pages content = file.durableContent().copy();
    if (changes.isEmpty()) {
      return content;
    }
    int inode = random.chance(keepProbability) ? changes.size() : random.below(changes.size() + 1);
    long size = inode == 0 ? content.size() : changes.get(inode - 1).sizeAfter();
    for (FileChange change : changes.subList(0, inode)) {
      if (change.shrinks()) {
        content.resize(Math.min(content.size(), change.sizeAfter()));
      }
    }
    long readable = content.size();
    content.resize(Math.max(readable, maxSize(changes)));
    List<Integer> cuts = cuts(changes);
    for (Map.Entry<Long, List<Integer>> versions : writesBySector(changes).entrySet()) {
      List<Integer> visible = visible(versions.getKey(), versions.getValue(), changes, cuts, inode);
      if (!visible.isEmpty() && random.chance(keepProbability)) {
        FileChange chosen = changes.get(random.pick(visible));
        long sector = versions.getKey();
        content.copySector(sector, chosen.pageOfSector(sector), chosen.pageShift());
      }
    }
    content.resize(size);
    return content;
  }

  private static long maxSize(List<FileChange> changes) {
    long max = 0;
    for (FileChange change : changes) {
      max = Math.max(max, change.sizeAfter());
    }
    return max;
  }

  /** For each sector, in order, the indexes of the writes that touched it. */
  private static TreeMap<Long, List<Integer>> writesBySector(List<FileChange> changes) {
    TreeMap<Long, List<Integer>> writes = new TreeMap<>();
    for (int i = 0; i < changes.size(); i++) {
      FileChange change = changes.get(i);
      if (!change.shrinks()) {
        for (long sector = change.firstSector(); sector < change.endSector(); sector++) {
          writes.computeIfAbsent(sector, absent -> new ArrayList<>()).add(i);
        }
      }
    }
    return writes;
  }

  private static List<Integer> cuts(List<FileChange> changes) {
    List<Integer> cuts = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      if (changes.get(i).shrinks()) {
        cuts.add(i);
      }
    }
    return cuts;
  }

  /** Those of {@code writes} that lie between the cuts of this sector around the inode. */
  private static List<Integer> visible(
      long sector, List<Integer> writes, List<FileChange> changes, List<Integer> cuts, int inode) {
    int from = 0;
    int to = changes.size();
    for (int cut : cuts) {
      if (changes.get(cut).touches(sector)) {
        if (cut < inode) {
          from = cut + 1;
        } else {
          to = cut;
          break;
        }
      }
    }
    List<Integer> visible = new ArrayList<>();
    for (int write : writes) {
      if (write >= from && write < to) {
        visible.add(write);
      }
    }
    return visible;
  }
}
