// SPDX-License-Identifier: MIT
package io.distdb.node.inspect;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.inspect.Damage;
import io.distdb.api.inspect.IndexReport;
import io.distdb.api.storage.ExportFormat;
import io.distdb.api.storage.LogPosition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Counts a content index by index, and hands it on. */
final class CountingVisitor implements ExportFormat.Visitor {
  private final ExportFormat.Visitor next;
  private final List<IndexReport> indexes = new ArrayList<>();
  private final Set<IndexId> damaged = new LinkedHashSet<>();
  private Optional<LogPosition> position = Optional.empty();
  private IndexId current;
  private boolean lossy;

  CountingVisitor(ExportFormat.Visitor next) {
    this.next = next;
  }

  @Override
  public void position(LogPosition of) {
    position = Optional.of(of);
    next.position(of);
  }

  @Override
  public void side(Bytes key, Bytes value) {
    next.side(key, value);
  }

  @Override
  public void index(IndexId id, IndexKind kind, ExportFormat.Versions versions) {
    current = id;
    CountedVersions counted = new CountedVersions(versions);
    next.index(id, kind, counted);
    while (counted.next()) {
      // Counted is all there is to do.
    }
    indexes.add(new IndexReport(id, kind, counted.keys, counted.versions, counted.bytes, true));
  }

  /** Hears of damage while the content is read. */
  void damage(Damage damage) {
    if (damage.bytes() > 0 || damage.offset() == Damage.WHOLE_FILE) {
      lossy = true;
      if (current != null) {
        damaged.add(current);
      }
    }
  }

  /** Whether nothing of the content is lost. */
  boolean isWhole() {
    return !lossy && position.isPresent();
  }

  List<IndexId> damaged() {
    return List.copyOf(damaged);
  }

  Optional<LogPosition> position() {
    return position;
  }

  List<IndexReport> indexes() {
    return indexes;
  }

  private static final class CountedVersions implements ExportFormat.Versions {
    private final ExportFormat.Versions all;
    private byte[] lastKey;
    private long keys;
    private long versions;
    private long bytes;

    private CountedVersions(ExportFormat.Versions all) {
      this.all = all;
    }

    @Override
    public boolean next() {
      if (!all.next()) {
        return false;
      }
      if (all.key() != lastKey) {
        lastKey = all.key();
        keys++;
        bytes += lastKey.length;
      }
      versions++;
      bytes += all.value() == null ? 0 : all.value().length;
      return true;
    }

    @Override
    public byte[] key() {
      return all.key();
    }

    @Override
    public byte[] value() {
      return all.value();
    }

    @Override
    public long timestamp() {
      return all.timestamp();
    }
  }
}
