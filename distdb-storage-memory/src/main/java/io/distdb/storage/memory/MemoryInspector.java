// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.inspect.ContentCounts;
import io.distdb.api.inspect.ContentReport;
import io.distdb.api.inspect.ContentSource;
import io.distdb.api.inspect.Damage;
import io.distdb.api.inspect.FileGroup;
import io.distdb.api.journal.Journal;
import io.distdb.api.provider.StorageInspector;
import io.distdb.storage.memory.snapshot.SnapshotSurvey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** The snapshots in an engine's directory. Holds nothing open. */
final class MemoryInspector implements StorageInspector {
  private final List<ContentSource> contents = new ArrayList<>();

  MemoryInspector(Disk disk, Journal.Progress progress, Consumer<Damage> damages) {
    for (String name : disk.list("")) {
      OptionalInt id = Checkpoints.shardOf(name);
      if (id.isPresent()) {
        contents.addAll(SnapshotSurvey.of(disk, name, new ShardId(id.getAsInt()), progress));
      } else {
        damages.accept(
            Damage.of(
                disk.location() + "/" + name,
                Damage.Kind.FOREIGN_FILE,
                "the storage engine makes no file of this name"));
      }
    }
  }

  @Override
  public List<FileGroup> groups() {
    return List.of();
  }

  @Override
  public List<ContentSource> contents() {
    return List.copyOf(contents);
  }

  /** A snapshot has no books but itself. */
  @Override
  public ContentReport books(ContentSource content) {
    return new ContentReport(
        content.name(),
        content.shard(),
        content.newest(),
        Optional.empty(),
        content.bytes(),
        0,
        ContentCounts.NONE,
        Optional.empty(),
        List.of(),
        true,
        List.of());
  }

  /** Reading a content checks every byte of it. */
  @Override
  public void verify(Consumer<Damage> damages) {}

  @Override
  public void close() {}
}
