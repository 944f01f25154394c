// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static io.distdb.node.cli.InspectText.number;
import static io.distdb.node.cli.InspectText.time;

import io.distdb.api.Timestamp;
import io.distdb.node.inspect.LogGap;
import io.distdb.node.inspect.LogRun;
import io.distdb.node.repair.ContentLoss;
import io.distdb.node.repair.RepairPlan;
import io.distdb.node.repair.RepairReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;

/** A {@link RepairReport} for people. */
final class RepairText {
  private final PrintWriter out;

  RepairText(PrintWriter out) {
    this.out = out;
  }

  void print(RepairReport report) {
    if (report.isSound()) {
      out.println("Nothing is damaged in " + report.found().location() + ".");
    } else {
      if (!report.found().isSound()) {
        InspectText.damages(out, report.found().damages());
        out.println();
      }
      losses(report);
    }
    out.println();
    if (report.found().member().isPresent()) {
      out.println(
          "It is that of a member of a cluster: the others have what is damaged here. Remove the"
              + " node, and add it anew; it is not repaired by itself.");
      return;
    }
    base(report.plan());
    report.saved().ifPresent(this::saved);
  }

  private void losses(RepairReport report) {
    RepairPlan plan = report.plan();
    if (plan.isLossless()) {
      out.println("Nothing is lost: all commits and all rows can be saved.");
      return;
    }
    out.println(report.saved().isPresent() ? "Lost:" : "What a repair would lose:");
    plan.gaps().forEach(gap -> gap(gap, report.found().runs()));
    if (plan.tail()) {
      out.println(
          "  commits at the end of the log, nobody can say how many: those after "
              + time(plan.end()));
    }
    plan.lost().ifPresent(this::content);
  }

  private void gap(LogGap gap, List<LogRun> runs) {
    out.println(
        "  "
            + number(gap.entries())
            + (gap.entries() == 1 ? " entry" : " entries")
            + " of the log ("
            + gap.first()
            + " to "
            + gap.last()
            + "), each a commit or a step of housekeeping"
            + window(gap));
    List<LogRun> behind = runs.stream().filter(run -> run.first() > gap.last()).toList();
    long commits = behind.stream().mapToLong(LogRun::commits).sum();
    if (commits > 0) {
      long from =
          behind.stream()
              .mapToLong(LogRun::from)
              .filter(at -> at != Timestamp.NONE)
              .min()
              .orElse(0);
      long to = behind.stream().mapToLong(LogRun::to).max().orElse(0);
      out.println(
          "    behind them are "
              + number(commits)
              + " commits, from "
              + time(from)
              + " to "
              + time(to)
              + ", which can be saved, or left out with --stop-at-gap");
    }
  }

  private static String window(LogGap gap) {
    boolean after = gap.after() != Timestamp.NONE;
    boolean before = gap.before() != Timestamp.NONE;
    if (after && before) {
      return ", between " + time(gap.after()) + " and " + time(gap.before());
    }
    return after ? ", after " + time(gap.after()) : before ? ", before " + time(gap.before()) : "";
  }

  private void content(ContentLoss lost) {
    String about = lost.exact() ? "" : "about ";
    out.println(
        lost.keys() == ContentLoss.UNKNOWN
            ? "  of " + lost.content() + ": what cannot be read; it does not say how much that is"
            : "  of "
                + lost.content()
                + ": "
                + about
                + number(lost.keys())
                + " rows and index entries, in "
                + about
                + number(lost.versions())
                + " versions"
                + (lost.sides() > 0 ? ", and " + number(lost.sides()) + " side records" : ""));
    if (!lost.indexes().isEmpty()) {
      out.println(
          "    in "
              + lost.indexes().stream()
                  .map(index ->
                      (index.name().isEmpty() ? "index id " + index.id() : index.name())
                          + " ("
                          + number(index.left())
                          + " left)")
                  .collect(Collectors.joining(", ")));
    }
    out.println("    what commits in the log wrote of them anew is not lost");
  }

  private void base(RepairPlan plan) {
    out.println(
        "A repair begins with "
            + plan.base()
                .map(content ->
                    content.name()
                        + content.position().map(at -> " at index " + at.index()).orElse(""))
                .orElse("nothing")
            + ", then applies the log from index "
            + (plan.replayFrom() + 1)
            + " on.");
  }

  private void saved(RepairReport.Saved saved) {
    out.println();
    out.println("Saved into " + saved.location() + ":");
    out.println("  " + number(saved.entries()) + " entries of the log were applied");
    if (saved.droppedOperations() > 0) {
      out.println(
          "  "
              + number(saved.droppedOperations())
              + " changes in them were of tables that are not there");
    }
    TextTable tables = new TextTable("Tables", "Table", "Rows");
    saved.tables().forEach(table -> tables.add(table.name(), number(table.rows())));
    tables.print(out);
    for (RepairReport.RebuiltIndex index : saved.indexes()) {
      out.println(
          "Made anew: "
              + index.name()
              + ", "
              + number(index.entries())
              + " entries"
              + (index.duplicates() == 0
                  ? ""
                  : "; " + number(index.duplicates()) + " rows are duplicates and have none"));
    }
    if (!saved.indexes().isEmpty()) {
      out.println("Foreign keys and other constraints over several rows were not checked.");
    }
  }
}
