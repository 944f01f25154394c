// SPDX-License-Identifier: MIT
package io.distdb.node.repair;

import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.inspect.ContentReport;
import io.distdb.api.inspect.ContentSource;
import io.distdb.api.inspect.Damage;
import io.distdb.api.provider.StorageInspector;
import io.distdb.api.provider.StorageProvider;
import io.distdb.api.provider.StorageResources;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.storage.Store;
import io.distdb.node.config.StorageProviders;
import io.distdb.node.directory.DirectoryLayout;
import io.distdb.node.directory.DirectoryView;
import io.distdb.node.directory.RestoredDirectory;
import io.distdb.node.inspect.DirectoryReport;
import io.distdb.node.inspect.DirectorySurvey;
import io.distdb.node.inspect.InspectSurroundings;
import io.distdb.node.inspect.LogSurvey;
import io.distdb.node.inspect.MemberReport;
import io.distdb.sharding.replica.SideRepair;
import io.distdb.storage.memory.journal.JournalSurvey;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says what damage to a data directory costs, and saves the rest into a new directory. The damaged
 * one is only read: whatever goes wrong, it can be tried again.
 *
 * <p>What is saved: the content that {@link RepairPlan} chose, as far as it can be read, and every
 * entry of the log that is there, or, on demand, those before the first that is missing. The first
 * saves the most; commits behind missing ones may then build on rows that are not there, so
 * constraints are not promised. The second is the database as it was at one moment. When anything
 * is lost, secondary indexes are made anew from the rows, so that they agree with them.
 */
public final class Repair {
  private static final String HOLDER = "./distdb repair";

  private final Disk source;
  private final InspectSurroundings surroundings;
  private final long memoryBytes;

  /**
   * @param source the damaged directory; only read
   * @param memoryBytes what the storage engine of the new directory may take
   */
  public Repair(Disk source, InspectSurroundings surroundings, long memoryBytes) {
    this.source = source;
    this.surroundings = surroundings;
    this.memoryBytes = memoryBytes;
  }

  /**
   * Reads everything, and says what is damaged and what that costs.
   *
   * @throws DistDbException {@code DATABASE_IN_USE}; {@code INCOMPATIBLE_FORMAT}: something in it
   *     is a newer version's; and as {@link DirectorySurvey#inspect}
   */
  public RepairReport diagnose() {
    DirectoryReport found = DirectorySurvey.inspect(source, surroundings, true);
    if (found.holder().isPresent()) {
      throw new DistDbException(
              ErrorCode.DATABASE_IN_USE,
              "the data directory " + source.location() + " is in use by " + found.holder().get())
          .withHint("Close the other user. To look at it as it is, run ./distdb inspect.");
    }
    for (Damage damage : found.damages()) {
      if (damage.kind() == Damage.Kind.NEWER_FORMAT) {
        throw new DistDbException(ErrorCode.INCOMPATIBLE_FORMAT, damage.what())
            .withHint("Repair it with the newer DistDB that wrote it.");
      }
    }
    return new RepairReport(found, RepairPlan.of(found), Optional.empty());
  }

  /**
   * Saves what can be saved.
   *
   * @param target a new or empty directory
   * @param stopsAtGap leaves out what comes behind the first missing entry of the log
   * @throws DistDbException as {@link #diagnose}; {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: it is
   *     that of a member of a cluster; {@code DUPLICATE_FILE}: the target is neither new nor empty;
   *     {@code DATA_CORRUPTED}: the definitions of tables are lost, so the rows cannot be told
   *     apart. {@code DISK_FULL}, {@code IO_ERROR}: the target is no database, and to be deleted
   */
  public RepairReport save(Disk target, boolean stopsAtGap) {
    RepairReport diagnosis = diagnose();
    DirectoryReport found = diagnosis.found();
    found
        .member()
        .ifPresent(member -> {
          throw ofMember(member);
        });
    DirectoryLayout layout =
        new DirectoryLayout(
            found.engine(), Optional.empty(), Long.toHexString(surroundings.clock().wallMicros()));
    try (RestoredDirectory directory = RestoredDirectory.begin(target, layout, HOLDER)) {
      RepairReport.Saved saved;
      try (StorageEngine engine = provider(found).open(resources(directory.parts().engine()))) {
        Store store = engine.store(ShardId.SYSTEM);
        saved = fill(store, diagnosis, target, directory.parts().temporary(), stopsAtGap);
        store.checkpoint();
      }
      directory.complete();
      return new RepairReport(found, diagnosis.plan(), Optional.of(saved));
    }
  }

  /** Alone it cannot tell which of its last entries the cluster has agreed on. */
  private DistDbException ofMember(MemberReport member) {
    return new DistDbException(
            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
            "the directory %s is that of node %s of cluster %s: what of its log counts, the others"
                    .formatted(
                        source.location(),
                        member.identity().node(),
                        member.identity().cluster().orElse("none"))
                + " decide, and they have what is damaged here")
        .withHint(
            "Remove the node from its cluster, and add it anew with an empty directory. If the"
                + " others are lost, ./distdb cluster recover goes on with an undamaged one; else"
                + " restore a backup.");
  }

  private static StorageProvider provider(DirectoryReport found) {
    return StorageProviders.installed().named(found.engine());
  }

  private StorageResources resources(Disk disk) {
    return new StorageResources(
        Optional.of(disk),
        memoryBytes,
        surroundings.scheduler(),
        surroundings.clock(),
        surroundings.progress());
  }

  private RepairReport.Saved fill(
      Store store, RepairReport diagnosis, Disk target, Disk temporary, boolean stopsAtGap) {
    RepairPlan plan = diagnosis.plan();
    Set<IndexId> leftEmpty = plan.isLossless() ? Set.of() : indexes(diagnosis.found(), true);
    DirectoryView view = DirectoryView.of(source, surroundings.places(), damage -> {});
    if (plan.base().isPresent()) {
      copy(plan, plan.base().get(), view, store, temporary, leftEmpty);
    }
    SavedLog log =
        new SavedLog(
            store,
            surroundings.clock(),
            plan.from(),
            leftEmpty,
            indexes(diagnosis.found(), false),
            stopsAtGap);
    JournalSurvey.read(view.journal(), new LogSurvey(log, damage -> {}), surroundings.progress());
    long now = Math.max(surroundings.clock().wallMicros(), plan.end() + 1);
    SideRepair.complete(store, now);
    SavedTables tables = new SavedTables(store, surroundings, memoryBytes, leftEmpty).finish();
    return new RepairReport.Saved(
        target.location(),
        log.entries(),
        log.droppedOperations(),
        tables.tables(),
        tables.indexes());
  }

  /** The secondary indexes of all tables, or the ones that hold their rows. */
  private static Set<IndexId> indexes(DirectoryReport found, boolean secondary) {
    Set<IndexId> indexes = new TreeSet<>();
    found
        .names()
        .forEach((id, name) -> {
          if (name.index().isPresent() == secondary) {
            indexes.add(id);
          }
        });
    return indexes;
  }

  /** Restores the content; of a damaged one, as of the position where the log begins. */
  private void copy(
      RepairPlan plan,
      ContentReport base,
      DirectoryView view,
      Store store,
      Disk temporary,
      Set<IndexId> leftEmpty) {
    LogPosition position = base.position().orElse(LogPosition.START);
    if (plan.lost().isPresent()) {
      position = new LogPosition(position.term(), plan.replayFrom());
    }
    try (StorageInspector inspector =
            StorageProviders.installed()
                .named(view.engine())
                .inspect(resources(view.storage()), damage -> {})
                .orElseThrow();
        ContentCopy copy = new ContentCopy(temporary, position, leftEmpty)) {
      ContentSource content =
          inspector.contents().stream()
              .filter(each -> each.name().equals(base.name()))
              .findFirst()
              .orElseThrow();
      content.read(copy, damage -> {});
      store.restore(copy.chunks());
    }
  }
}
