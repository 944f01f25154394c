// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.ExportFormat;
import io.distdb.api.storage.LogPosition;
import io.distdb.storage.memory.index.VersionedIndex.VersionCursor;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** The snapshot format for other engines than this module's. */
public final class SnapshotExportFormat implements ExportFormat {
  /** For {@link java.util.ServiceLoader}. */
  public SnapshotExportFormat() {}

  @Override
  public Writer writer(
      ShardId shard, LogPosition position, Compression compression, Consumer<ByteBuffer> sink) {
    SnapshotWriter snapshot =
        new SnapshotWriter(sink, new SnapshotHeader(shard, position), compression);
    return new Writer() {
      @Override
      public void side(Bytes key, Bytes value) {
        snapshot.side(key, value);
      }

      @Override
      public void index(IndexId id, IndexKind kind) {
        snapshot.index(id, kind);
      }

      @Override
      public void version(byte[] key, byte[] value, long timestamp) {
        snapshot.version(key, value, timestamp);
      }

      @Override
      public long finish() {
        return snapshot.finish().versions();
      }
    };
  }

  @Override
  public void read(String name, Iterable<ByteBuffer> chunks, long newest, Visitor visitor) {
    SnapshotReader.read(
        SnapshotSource.chunks(name, chunks),
        newest,
        new SnapshotVisitor() {
          @Override
          public void header(SnapshotHeader header) {
            visitor.position(header.position());
          }

          @Override
          public void side(Bytes key, Bytes value) {
            visitor.side(key, value);
          }

          @Override
          public void index(IndexId id, IndexKind kind, VersionCursor versions) {
            visitor.index(id, kind, new CursorVersions(versions));
          }
        });
  }

  static Versions versions(VersionCursor cursor) {
    return new CursorVersions(cursor);
  }

  private record CursorVersions(VersionCursor cursor) implements Versions {
    @Override
    public boolean next() {
      return cursor.next();
    }

    @Override
    public byte[] key() {
      return cursor.key();
    }

    @Override
    public byte[] value() {
      return cursor.value();
    }

    @Override
    public long timestamp() {
      return cursor.timestamp();
    }
  }
}
