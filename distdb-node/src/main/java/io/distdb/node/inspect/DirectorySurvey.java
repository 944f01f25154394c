// SPDX-License-Identifier: MIT
package io.distdb.node.inspect;

import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.inspect.ContentReport;
import io.distdb.api.inspect.ContentSource;
import io.distdb.api.inspect.Damage;
import io.distdb.api.inspect.FileGroup;
import io.distdb.api.inspect.JournalReport;
import io.distdb.api.provider.StorageInspector;
import io.distdb.api.provider.StorageResources;
import io.distdb.api.storage.LogPosition;
import io.distdb.node.config.StorageProviders;
import io.distdb.node.directory.DirectoryView;
import io.distdb.storage.memory.journal.JournalSurvey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at a data directory once. Changes nothing, whoever has it open. */
public final class DirectorySurvey {
  private static final long MEMORY_BYTES = 64L << 20;
  private static final int LOOKS_MAX = 3;

  private final Disk disk;
  private final InspectSurroundings surroundings;
  private final boolean verify;
  private final List<Damage> damages = new ArrayList<>();

  private DirectorySurvey(Disk disk, InspectSurroundings surroundings, boolean verify) {
    this.disk = disk;
    this.surroundings = surroundings;
    this.verify = verify;
  }

  /**
   * Looks; and looks again when something seems wrong in a directory that a process has open, as
   * that may have taken files away or replaced them meanwhile.
   *
   * @param verify reads and checks every byte; else what an engine keeps books on is not read
   * @throws DistDbException {@code UNDEFINED_FILE}: there is no such directory; {@code
   *     INCOMPATIBLE_FORMAT}: it is a newer version's, or not DistDB's; {@code
   *     CONFIGURATION_ERROR}: its engine is not on the class path; {@code IO_ERROR}
   */
  public static DirectoryReport inspect(
      Disk disk, InspectSurroundings surroundings, boolean verify) {
    for (int looks = 1; ; looks++) {
      boolean last = looks == LOOKS_MAX || disk.holder().isEmpty();
      try {
        DirectoryReport report = new DirectorySurvey(disk, surroundings, verify).inspect();
        if (report.isSound() || last) {
          return report;
        }
      } catch (DistDbException gone) {
        if (gone.code() != ErrorCode.UNDEFINED_FILE || last) {
          throw gone;
        }
      }
    }
  }

  private DirectoryReport inspect() {
    DirectoryView view = DirectoryView.of(disk, surroundings.places(), damages::add);
    CatalogSketch sketch = new CatalogSketch(surroundings.scheduler(), surroundings.clock());
    LogSurvey log =
        new LogSurvey(
            (shard, position, command) -> {
              if (shard.equals(ShardId.SYSTEM)) {
                sketch.command(position, command);
              }
            },
            damages::add);
    JournalReport journal = JournalSurvey.read(view.journal(), log, surroundings.progress());
    Contents contents = contents(view, sketch);
    checkLog(view, log.runs(), contents.reports);
    Map<IndexId, IndexName> names = Map.of();
    Optional<String> problem = Optional.empty();
    try {
      names = sketch.names();
    } catch (RuntimeException unreadable) {
      problem = Optional.of(String.valueOf(unreadable.getMessage()));
    }
    return new DirectoryReport(
        disk.location(),
        view.format(),
        view.engine(),
        view.walDirectory(),
        view.holder(),
        view.member(damages::add).map(identity -> log.group().report(identity, view.recoveries())),
        journal,
        log.runs(),
        contents.groups,
        contents.reports,
        names,
        problem,
        verify || contents.groups.isEmpty(),
        damages);
  }

  /** What the engine has. */
  private record Contents(List<FileGroup> groups, List<ContentReport> reports) {}

  private Contents contents(DirectoryView view, CatalogSketch sketch) {
    StorageResources resources =
        new StorageResources(
            Optional.of(view.storage()),
            MEMORY_BYTES,
            surroundings.scheduler(),
            surroundings.clock(),
            surroundings.progress());
    Optional<StorageInspector> inspector =
        StorageProviders.installed().named(view.engine()).inspect(resources, damages::add);
    if (inspector.isEmpty()) {
      return new Contents(List.of(), List.of());
    }
    try (StorageInspector open = inspector.get()) {
      List<ContentReport> reports = new ArrayList<>();
      for (ContentSource content : open.contents()) {
        reports.add(report(open, content, sketch));
      }
      if (verify) {
        open.verify(damages::add);
      }
      return new Contents(open.groups(), reports);
    }
  }

  /** Reads it all, or, when the engine's books will do, the definitions alone. */
  private ContentReport report(
      StorageInspector inspector, ContentSource content, CatalogSketch sketch) {
    ContentReport books = inspector.books(content);
    boolean sketched = content.newest() && content.shard().equals(ShardId.SYSTEM);
    boolean booked = !verify && !books.indexes().isEmpty();
    if (booked && sketched) {
      content.read(sketch.content(), damages::add);
    }
    if (booked) {
      return books;
    }
    CountingVisitor counting =
        new CountingVisitor(sketched ? sketch.content() : new IgnoringVisitor());
    ContentSource.Read read =
        content.read(
            counting,
            damage -> {
              damages.add(damage);
              counting.damage(damage);
            });
    return new ContentReport(
        content.name(),
        content.shard(),
        content.newest(),
        counting.position().or(books::position),
        content.bytes(),
        read.contentBytes(),
        read.counts(),
        read.counted(),
        counting.indexes(),
        counting.isWhole(),
        counting.damaged());
  }

  /** Entries that neither the newest content nor the journal has. */
  private void checkLog(DirectoryView view, List<LogRun> runs, List<ContentReport> contents) {
    for (ShardId shard : runs.stream().map(LogRun::shard).distinct().toList()) {
      Optional<ContentReport> newest =
          contents.stream()
              .filter(content -> content.newest() && content.shard().equals(shard))
              .findFirst();
      if (newest.isPresent() && newest.get().position().isEmpty()) {
        continue;
      }
      long from = newest.flatMap(ContentReport::position).orElse(LogPosition.START).index();
      for (LogGap gap : LogGap.above(shard, runs, from)) {
        damages.add(
            Damage.of(
                view.journal().location(),
                Damage.Kind.LOG_GAP,
                "the log of shard "
                    + shard
                    + " lacks the entries "
                    + gap.first()
                    + " to "
                    + gap.last()));
      }
    }
  }
}
