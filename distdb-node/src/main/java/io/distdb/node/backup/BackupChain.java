// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A full backup and the incremental ones that continue it, each naming the one before by its id, in
 * that order.
 */
record BackupChain(List<Link> links) {
  /** A backup and where it is. */
  record Link(Disk disk, BackupManifest manifest) {}

  BackupChain {
    links = List.copyOf(links);
  }

  Link full() {
    return links.getFirst();
  }

  List<Link> incremental() {
    return links.subList(1, links.size());
  }

  Link last() {
    return links.getLast();
  }

  /**
   * The chain that ends with {@code backup}.
   *
   * @param others directories in which earlier ones may be; what is no backup is passed over
   * @throws DistDbException {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: an earlier one is in none of
   *     them, its id is named; and what reading {@code backup} throws
   */
  static BackupChain of(Disk backup, List<Disk> others) {
    Map<String, Link> known = new LinkedHashMap<>();
    List<Link> links = new ArrayList<>();
    links.add(new Link(backup, BackupManifest.read(backup)));
    while (links.getFirst().manifest.isIncremental()) {
      if (known.isEmpty()) {
        others.forEach(disk -> read(disk).ifPresent(link -> known.put(link.manifest.id(), link)));
      }
      String wanted = links.getFirst().manifest.parent().orElseThrow();
      Link parent = known.get(wanted);
      if (parent == null) {
        throw absent(links.getFirst(), wanted);
      }
      links.addFirst(parent);
    }
    return new BackupChain(links);
  }

  private static Optional<Link> read(Disk disk) {
    return disk.exists(BackupManifest.FILE)
        ? Optional.of(new Link(disk, BackupManifest.read(disk)))
        : Optional.empty();
  }

  private static DistDbException absent(Link link, String wanted) {
    return new DistDbException(
            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
            "the backup in "
                + link.disk.location()
                + " continues the backup "
                + wanted
                + ", which is not here")
        .withHint("Put its directory beside, or name it with a further --from.");
  }

  /**
   * As much of the chain as a restore as of {@code timestamp} needs.
   *
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: it begins later
   */
  BackupChain upTo(long timestamp) {
    if (timestamp < full().manifest.timestamp()) {
      throw new DistDbException(
              ErrorCode.INVALID_PARAMETER_VALUE,
              "the full backup in "
                  + full().disk.location()
                  + " is of "
                  + RestoreTime.text(full().manifest.timestamp())
                  + ", and cannot be restored as of "
                  + RestoreTime.text(timestamp))
          .withHint("Restore as of its own time or later, or take an earlier backup.");
    }
    List<Link> needed = new ArrayList<>();
    for (Link link : links) {
      needed.add(link);
      if (link.manifest.timestamp() >= timestamp) {
        break;
      }
    }
    return new BackupChain(needed);
  }

  /** Bytes of all files. */
  long bytes() {
    return links.stream().mapToLong(link -> link.manifest.bytes()).sum();
  }
}
