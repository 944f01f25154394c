// SPDX-License-Identifier: MIT
package io.distdb.node.directory;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The file {@code MEMBER} of a data directory that was once opened with cluster_nodes. Written at
 * each such opening, so that no two lives of a node have the same incarnation. Layout:
 * docs/formats/data-directory.md.
 */
final class MemberFile {
  static final String FILE = "MEMBER";
  static final String TEMPORARY = "MEMBER.tmp";
  private static final String FIRST_LINE = "DistDB cluster member";
  private static final String VERSION_PREFIX = "format ";
  private static final int VERSION = 1;

  private MemberFile() {}

  static void write(Disk disk, MemberIdentity identity) {
    StringBuilder text = new StringBuilder();
    text.append(FIRST_LINE).append('\n').append(VERSION_PREFIX).append(VERSION).append('\n');
    text.append("node ").append(identity.node()).append('\n');
    text.append("directory ").append(identity.directory()).append('\n');
    text.append("incarnation ").append(identity.incarnation()).append('\n');
    identity.cluster().ifPresent(cluster -> text.append("cluster ").append(cluster).append('\n'));
    text.append("begins ").append(identity.begins().name().toLowerCase(Locale.ROOT)).append('\n');
    String body = text.toString();
    DirectoryFormat.write(disk, FILE, TEMPORARY, body + DatabaseIdentity.checksum(body) + '\n');
  }

  /**
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: newer; {@code DATA_CORRUPTED}
   */
  static Optional<MemberIdentity> read(Disk disk) {
    if (!disk.exists(FILE)) {
      return Optional.empty();
    }
    String content = DirectoryFormat.content(disk, FILE);
    List<String> lines = content.lines().toList();
    int last = content.lastIndexOf('\n', Math.max(0, content.length() - 2)) + 1;
    String body = content.substring(0, last);
    if (lines.size() < 2
        || !lines.get(0).equals(FIRST_LINE)
        || !content.substring(last).equals(DatabaseIdentity.checksum(body) + '\n')
        || !lines.get(1).matches(VERSION_PREFIX + "[1-9][0-9]{0,8}")) {
      throw damaged(disk);
    }
    int version = Integer.parseInt(lines.get(1).substring(VERSION_PREFIX.length()));
    if (version > VERSION) {
      throw new DistDbException(
              ErrorCode.INCOMPATIBLE_FORMAT,
              "the file %s/%s has format %d, but this DistDB reads formats up to %d"
                  .formatted(disk.location(), FILE, version, VERSION))
          .withHint("Open it with the newer DistDB. Nothing was changed.");
    }
    return Optional.of(identity(lines.subList(2, lines.size() - 1), disk));
  }

  private static MemberIdentity identity(List<String> lines, Disk disk) {
    Map<String, String> values = new HashMap<>();
    for (String line : lines) {
      int space = line.indexOf(' ');
      if (space <= 0 || values.put(line.substring(0, space), line.substring(space + 1)) != null) {
        throw damaged(disk);
      }
    }
    Optional<String> cluster = Optional.ofNullable(values.remove("cluster"));
    try {
      MemberIdentity identity =
          new MemberIdentity(
              values.remove("node"),
              values.remove("directory"),
              Long.parseLong(values.remove("incarnation")),
              cluster,
              MemberIdentity.Begins.valueOf(values.remove("begins").toUpperCase(Locale.ROOT)));
      if (values.isEmpty()) {
        return identity;
      }
    } catch (IllegalArgumentException | NullPointerException wrong) {
      throw damaged(disk);
    }
    throw damaged(disk);
  }

  private static DistDbException damaged(Disk disk) {
    return new DistDbException(
            ErrorCode.DATA_CORRUPTED,
            "the file " + disk.location() + "/" + FILE + " is damaged (its checksum is wrong)")
        .withHint(
            "Remove the node from its cluster, give it a new directory, and add it anew."
                + " Nothing was changed.");
  }
}
