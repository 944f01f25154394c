// SPDX-License-Identifier: MIT
package io.distdb.node.repair;

import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import io.distdb.api.inspect.ContentReport;
import io.distdb.api.inspect.Damage;
import io.distdb.api.inspect.IndexReport;
import io.distdb.api.inspect.SegmentReport;
import io.distdb.api.storage.LogPosition;
import io.distdb.node.inspect.DirectoryReport;
import io.distdb.node.inspect.IndexName;
import io.distdb.node.inspect.LogGap;
import io.distdb.node.inspect.LogRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a repair would begin with, and what would be lost.
 *
 * <p>A whole content with a log that goes on from it without a gap loses nothing, be it the newest
 * content, an older one that was not deleted yet, or none at all with a log from its first entry
 * on. Without such a one, the newest content is taken as far as it can be read, and the log as far
 * as it is there: behind a gap, too.
 *
 * @param base the content to begin with; empty: the log alone
 * @param from what {@code base} holds, or should hold, of the log
 * @param replayFrom the log is read from behind this index on: from its beginning, when the content
 *     lacks something that it may bring back
 * @param gaps entries of the log that are lost
 * @param lost what is lost of {@code base}; empty: nothing
 * @param tail whether a last part of the log is lost, of which nobody can say how much it was
 * @param end commit timestamp of the last commit that is there
 */
public record RepairPlan(
    Optional<ContentReport> base,
    long from,
    long replayFrom,
    List<LogGap> gaps,
    Optional<ContentLoss> lost,
    boolean tail,
    long end) {
  public RepairPlan {
    gaps = List.copyOf(gaps);
  }

  /** Whether everything that was acknowledged is there. */
  public boolean isLossless() {
    return gaps.isEmpty() && lost.isEmpty() && !tail;
  }

  /** Entries of the log that are known to be lost. */
  public long lostEntries() {
    return gaps.stream().mapToLong(LogGap::entries).sum();
  }

  /** For a directory as it was found, read to its last byte. */
  public static RepairPlan of(DirectoryReport report) {
    List<RepairPlan> plans = new ArrayList<>();
    for (ContentReport content : report.contents()) {
      if (content.shard().equals(ShardId.SYSTEM)) {
        plans.add(plan(report, Optional.of(content)));
      }
    }
    plans.add(plan(report, Optional.empty()));
    return plans.stream()
        .filter(RepairPlan::isComplete)
        .findFirst()
        .orElseGet(() -> plans.stream().min(LEAST_LOST).orElseThrow());
  }

  private boolean isComplete() {
    return gaps.isEmpty() && lost.isEmpty();
  }

  /** A content that lacks rows is better than a log that lacks its beginning. */
  private static final Comparator<RepairPlan> LEAST_LOST =
      Comparator.comparing(RepairPlan::isEmpty).thenComparingLong(RepairPlan::lostEntries);

  private boolean isEmpty() {
    return base.map(content -> content.counts().keys() == 0).orElse(true);
  }

  private static RepairPlan plan(DirectoryReport report, Optional<ContentReport> base) {
    List<LogRun> runs =
        report.runs().stream().filter(run -> run.shard().equals(ShardId.SYSTEM)).toList();
    long first = runs.isEmpty() ? 0 : runs.getFirst().first() - 1;
    long from =
        base.map(content -> content.position().map(LogPosition::index).orElse(first)).orElse(0L);
    List<LogGap> gaps = new ArrayList<>(LogGap.above(ShardId.SYSTEM, runs, from));
    long end = runs.stream().mapToLong(LogRun::to).max().orElse(Timestamp.NONE);
    newestPosition(report)
        .filter(position -> position > end(runs, from))
        .ifPresent(position ->
            gaps.add(
                new LogGap(ShardId.SYSTEM, end(runs, from) + 1, position, end, Timestamp.NONE)));
    return new RepairPlan(
        base,
        from,
        runs.isEmpty() ? from : Math.min(from, first),
        gaps,
        base.filter(content -> !content.whole()).map(content -> loss(report, content)),
        isTailLost(report),
        end);
  }

  private static long end(List<LogRun> runs, long from) {
    return Math.max(from, runs.isEmpty() ? 0 : runs.getLast().last());
  }

  /** The newest content has seen the log up to here, whether or not it can be read. */
  private static Optional<Long> newestPosition(DirectoryReport report) {
    return report.contents().stream()
        .filter(content -> content.newest() && content.shard().equals(ShardId.SYSTEM))
        .flatMap(content -> content.position().stream())
        .map(LogPosition::index)
        .findFirst();
  }

  /** Whether the last segment is missing, or the log breaks off within it. */
  private static boolean isTailLost(DirectoryReport report) {
    long last =
        report.journal().segments().isEmpty() ? 0 : report.journal().segments().getLast().epoch();
    boolean missing =
        report.journal().notedEpoch() > last
            && report.damages().stream()
                .anyMatch(damage -> damage.kind() == Damage.Kind.MISSING_FILE);
    return missing || breaksOff(report);
  }

  /** Whether nothing can be read behind the last damaged place of the last segment. */
  private static boolean breaksOff(DirectoryReport report) {
    if (report.journal().segments().isEmpty()) {
      return false;
    }
    SegmentReport last = report.journal().segments().getLast();
    return report.damages().stream()
        .anyMatch(damage ->
            damage.file().equals(last.file())
                && damage.bytes() > 0
                && (damage.kind() == Damage.Kind.HEADER && last.records() == 0
                    || damage.kind() == Damage.Kind.RECORD
                        && damage.offset() + damage.bytes() >= last.usedBytes()));
  }

  private static ContentLoss loss(DirectoryReport report, ContentReport content) {
    List<ContentLoss.Affected> affected = new ArrayList<>();
    for (IndexReport index : content.indexes()) {
      if (content.damaged().contains(index.id())) {
        affected.add(
            new ContentLoss.Affected(
                index.id(),
                Optional.ofNullable(report.names().get(index.id())).map(IndexName::text).orElse(""),
                index.keys()));
      }
    }
    boolean exact = report.groups().isEmpty();
    return content
        .counted()
        .map(counted ->
            new ContentLoss(
                content.name(),
                Math.max(0, counted.keys() - content.counts().keys()),
                Math.max(0, counted.versions() - content.counts().versions()),
                exact ? counted.sides() - content.counts().sides() : ContentLoss.UNKNOWN,
                exact,
                affected))
        .orElseGet(() ->
            new ContentLoss(
                content.name(),
                ContentLoss.UNKNOWN,
                ContentLoss.UNKNOWN,
                ContentLoss.UNKNOWN,
                exact,
                affected));
  }
}
