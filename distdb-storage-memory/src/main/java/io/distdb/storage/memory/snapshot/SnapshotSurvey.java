// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.inspect.ContentCounts;
import io.distdb.api.inspect.ContentSource;
import io.distdb.api.inspect.Damage;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.ExportFormat;
import io.distdb.storage.memory.index.VersionedIndex.VersionCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * A snapshot file that is read as far as it can be; nothing is changed.
 *
 * @param name the file within the disk
 * @param newest whether it has the highest number of its directory
 */
public record SnapshotSurvey(
    Disk disk, String name, ShardId shard, boolean newest, Journal.Progress progress)
    implements ContentSource {
  /** The snapshots of a shard, the newest first; names with {@code .tmp} are none. */
  public static List<ContentSource> of(
      Disk disk, String directory, ShardId shard, Journal.Progress progress) {
    List<Long> numbers = new ArrayList<>();
    for (String file : disk.list(directory)) {
      OptionalLong number = SnapshotDirectory.number(file);
      number.ifPresent(numbers::add);
    }
    numbers.sort(null);
    List<ContentSource> found = new ArrayList<>();
    for (long number : numbers.reversed()) {
      String file = SnapshotDirectory.name(directory, number);
      found.add(new SnapshotSurvey(disk, file, shard, found.isEmpty(), progress));
    }
    return found;
  }

  private String where() {
    return disk.location() + "/" + name;
  }

  @Override
  public long bytes() {
    try (DiskFile file = disk.open(name)) {
      return file.size();
    }
  }

  @Override
  public Read read(ExportFormat.Visitor visitor, Consumer<Damage> damages) {
    try (DiskFile file = disk.open(name)) {
      BlockSource blocks = new CountedBlocks(new SalvagedBlocks(file, where(), progress, damages));
      SnapshotReader.Salvaged salvaged =
          SnapshotReader.salvage(
              SnapshotSource.file(file, progress), blocks, visitor(visitor, damages));
      SnapshotCounts found = salvaged.found();
      return new Read(
          counts(found),
          salvaged.footer().map(SnapshotSurvey::counts),
          ((CountedBlocks) blocks).contentBytes);
    } catch (DistDbException refused) {
      damages.accept(Damage.of(where(), kind(refused.code()), refused.getMessage()));
      return new Read(ContentCounts.NONE, Optional.empty(), 0);
    }
  }

  private static Damage.Kind kind(ErrorCode code) {
    if (code == ErrorCode.INCOMPATIBLE_FORMAT) {
      return Damage.Kind.NEWER_FORMAT;
    }
    return code == ErrorCode.DATA_CORRUPTED ? Damage.Kind.CONTENT : Damage.Kind.UNREADABLE;
  }

  private static ContentCounts counts(SnapshotCounts counts) {
    return new ContentCounts(counts.sides(), counts.indexes(), counts.keys(), counts.versions());
  }

  private SnapshotVisitor visitor(ExportFormat.Visitor visitor, Consumer<Damage> damages) {
    return new SnapshotVisitor() {
      @Override
      public void header(SnapshotHeader header) {
        if (!header.shard().equals(shard)) {
          damages.accept(
              new Damage(
                  where(),
                  16,
                  0,
                  Damage.Kind.CONTENT,
                  "it is of shard " + header.shard() + ", not of shard " + shard));
        }
        visitor.position(header.position());
      }

      @Override
      public void side(Bytes key, Bytes value) {
        visitor.side(key, value);
      }

      @Override
      public void index(IndexId id, IndexKind kind, VersionCursor versions) {
        visitor.index(id, kind, SnapshotExportFormat.versions(versions));
      }
    };
  }

  /** Knows how much comes out of the blocks. */
  private static final class CountedBlocks implements BlockSource {
    private final BlockSource blocks;
    private long contentBytes;

    private CountedBlocks(BlockSource blocks) {
      this.blocks = blocks;
    }

    @Override
    public SnapshotHeader header() {
      return blocks.header();
    }

    @Override
    public Block next() {
      Block block = blocks.next();
      contentBytes += block.length;
      return block;
    }

    @Override
    public long bytes() {
      return blocks.bytes();
    }

    @Override
    public void close() {
      blocks.close();
    }
  }
}
