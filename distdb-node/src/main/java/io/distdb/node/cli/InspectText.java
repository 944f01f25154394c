// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.NodeId;
import io.distdb.api.Timestamp;
import io.distdb.api.index.IndexId;
import io.distdb.api.inspect.ContentReport;
import io.distdb.api.inspect.Damage;
import io.distdb.api.inspect.FileGroup;
import io.distdb.api.inspect.IndexReport;
import io.distdb.api.inspect.SegmentReport;
import io.distdb.api.storage.LogPosition;
import io.distdb.node.inspect.DirectoryReport;
import io.distdb.node.inspect.IndexName;
import io.distdb.node.inspect.LogRun;
import io.distdb.node.inspect.MemberReport;
import java.io.PrintWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A {@link DirectoryReport} for people. */
final class InspectText {
  private final PrintWriter out;

  InspectText(PrintWriter out) {
    this.out = out;
  }

  void print(DirectoryReport report) {
    out.println("Data directory   " + report.location());
    out.println(
        "Format           " + report.format().map(String::valueOf).orElse("cannot be read"));
    out.println("Storage engine   " + report.engine());
    report.walDirectory().ifPresent(place -> out.println("Journal in       " + place));
    out.println("In use           " + report.holder().map(by -> "by " + by).orElse("no"));
    if (report.holder().isPresent()) {
      out.println(
          "                 It goes on meanwhile: the end of the last segment, files that are being"
              + " replaced,");
      out.println("                 and all counts may be out of date or half written.");
    }
    report.member().ifPresent(this::member);
    journal(report);
    report.groups().forEach(this::group);
    groupTable(report.groups());
    contents(report);
    damages(report);
  }

  private void member(MemberReport member) {
    out.println("Node             " + member.identity().node());
    out.println("Cluster          " + member.identity().cluster().orElse("none yet"));
    out.println(
        "Term             "
            + member.term()
            + member.vote().map(node -> ", voted for " + node).orElse(""));
    out.println(
        "Voters           "
            + names(member.voters())
            + ", as of index "
            + number(member.membershipIndex()));
    if (!member.outgoing().isEmpty()) {
      out.println("Voters before    " + names(member.outgoing()));
    }
    if (!member.learners().isEmpty()) {
      out.println("Learners         " + names(member.learners()));
    }
    member.recoveries().forEach(line -> out.println("Recovered        " + line));
  }

  private static String names(List<NodeId> nodes) {
    return nodes.isEmpty()
        ? "none"
        : nodes.stream().map(NodeId::value).collect(Collectors.joining(", "));
  }

  private void journal(DirectoryReport report) {
    out.println();
    TextTable table =
        new TextTable(
            "Journal segments",
            "File",
            "Epoch",
            "Base",
            "Bytes",
            "Used",
            "Records",
            "First entry",
            "Last entry",
            "End");
    for (SegmentReport segment : report.journal().segments()) {
      table.add(
          fileName(segment.file()),
          number(segment.epoch()),
          number(segment.base()),
          number(segment.fileBytes()),
          number(segment.usedBytes()),
          number(segment.records()),
          position(segment.first()),
          position(segment.last()),
          segment.end().name().toLowerCase(Locale.ROOT));
    }
    table.print(out);
    report.journal().leftovers().forEach(file -> out.println("Left over: " + file));
    if (report.journal().tornBytes() > 0) {
      out.println(
          number(report.journal().tornBytes())
              + " bytes behind the end were never acknowledged; the next opening cuts them.");
    }
    for (LogRun run : report.runs()) {
      out.println(
          "Log of shard "
              + run.shard()
              + ": entries "
              + number(run.first())
              + " to "
              + number(run.last())
              + ", "
              + number(run.commits())
              + " commits"
              + (run.commits() == 0 ? "" : " from " + time(run.from()) + " to " + time(run.to())));
    }
  }

  private void groupTable(List<FileGroup> groups) {
    if (groups.isEmpty()) {
      return;
    }
    out.println();
    TextTable table = new TextTable("Files", "Family", "Level", "Files", "Bytes");
    for (FileGroup group : groups) {
      for (FileGroup.Level level : group.levels()) {
        table.add(
            group.name(), number(level.number()), number(level.files()), number(level.bytes()));
      }
    }
    table.print(out);
  }

  private void group(FileGroup group) {
    out.println();
    out.println(
        "Family "
            + group.name()
            + ": "
            + number(group.files())
            + " files, "
            + number(group.bytes())
            + " bytes");
    new TreeMap<>(group.properties())
        .forEach((name, value) -> out.println("  " + name + " " + number(value)));
  }

  private void contents(DirectoryReport report) {
    Set<IndexId> listed = new HashSet<>();
    for (ContentReport content : report.contents()) {
      out.println();
      content(content);
      indexes(content, report.names());
      content.indexes().forEach(index -> listed.add(index.id()));
    }
    new TreeMap<>(report.names())
        .forEach((id, name) -> {
          if (!listed.contains(id)) {
            out.println("In the journal alone: id " + id.value() + ", " + name.text());
          }
        });
    report.namesProblem().ifPresent(problem -> out.println("Names are not known: " + problem));
  }

  private void content(ContentReport content) {
    out.println(
        "Content "
            + content.name()
            + " of shard "
            + content.shard()
            + (content.newest() ? ", the newest" : ", an older one"));
    out.println(
        "  position "
            + position(content.position())
            + ", "
            + number(content.bytes())
            + " bytes"
            + (content.contentBytes() == 0
                ? ""
                : " for "
                    + number(content.contentBytes())
                    + " (ratio "
                    + String.format(
                        Locale.ROOT, "%.2f", (double) content.contentBytes() / content.bytes())
                    + ")"));
    out.println(
        "  "
            + number(content.counts().keys())
            + " keys, "
            + number(content.counts().versions())
            + " versions, "
            + number(content.counts().indexes())
            + " indexes, "
            + number(content.counts().sides())
            + " side records");
    content
        .counted()
        .filter(counted -> !counted.equals(content.counts()))
        .ifPresent(counted ->
            out.println(
                "  it says that it has "
                    + number(counted.keys())
                    + " keys, "
                    + number(counted.versions())
                    + " versions, "
                    + number(counted.indexes())
                    + " indexes, "
                    + number(counted.sides())
                    + " side records"));
  }

  private void indexes(ContentReport content, Map<?, IndexName> names) {
    if (content.indexes().isEmpty()) {
      return;
    }
    boolean exact = content.indexes().stream().allMatch(IndexReport::exact);
    TextTable table =
        new TextTable(
            exact ? "Indexes" : "Indexes, by the engine's books",
            "Id",
            "Kind",
            "Keys",
            "Versions",
            "Bytes",
            "What");
    for (IndexReport index : content.indexes()) {
      table.add(
          number(index.id().value()),
          index.kind().name(),
          number(index.keys()),
          number(index.versions()),
          number(index.bytes()),
          names.containsKey(index.id()) ? names.get(index.id()).text() : "");
    }
    table.print(out);
  }

  private void damages(DirectoryReport report) {
    out.println();
    if (report.isSound()) {
      out.println(
          report.verified()
              ? "Everything was read, and every checksum is right."
              : "Nothing is wrong with what was read (--verify reads everything).");
      return;
    }
    damages(out, report.damages());
    out.println("./distdb repair --dry-run says what that means for the data.");
  }

  static void damages(PrintWriter out, List<Damage> damages) {
    out.println(
        damages.size() == 1
            ? "One thing is wrong:"
            : number(damages.size()) + " things are wrong:");
    for (Damage damage : damages) {
      out.println(
          "  "
              + damage.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
              + ": "
              + damage.file()
              + (damage.offset() == Damage.WHOLE_FILE ? "" : " at byte " + damage.offset())
              + (damage.bytes() > 0 ? ", " + damage.bytes() + " bytes" : ""));
      out.println("    " + damage.what());
    }
  }

  private static String position(Optional<LogPosition> position) {
    return position.map(at -> "index " + at.index() + ", term " + at.term()).orElse("none");
  }

  private static String fileName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** A number with its thousands apart. */
  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A timestamp of the oracle as the time it was. */
  static String time(long timestamp) {
    return timestamp == Timestamp.NONE ? "?" : Timestamp.toInstant(timestamp).toString();
  }
}
