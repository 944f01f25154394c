// SPDX-License-Identifier: MIT
package io.distdb.node.repair;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.ExportFormat;
import io.distdb.api.storage.LogPosition;
import io.distdb.storage.memory.snapshot.SnapshotExportFormat;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * What can be read of a content, in a file in the format of exports: a store that is restored wants
 * an export to its end, and a damaged content hands out what comes along.
 */
final class ContentCopy implements ExportFormat.Visitor, AutoCloseable {
  private static final String NAME = "repair.export";
  private static final int CHUNK_BYTES = 1 << 20;

  private final Disk disk;
  private final Set<IndexId> leftEmpty;
  private final DiskFile file;
  private final ExportFormat.Writer writer;
  private long end;
  private DistDbException failure;

  /**
   * @param disk for a file that is deleted in the end
   * @param position what the copy says of itself
   * @param leftEmpty indexes that are made without their entries
   */
  ContentCopy(Disk disk, LogPosition position, Set<IndexId> leftEmpty) {
    this.disk = disk;
    this.leftEmpty = leftEmpty;
    disk.createDirectories("");
    file = disk.create(NAME);
    writer =
        new SnapshotExportFormat().writer(ShardId.SYSTEM, position, Compression.LZ4, this::write);
  }

  private void write(ByteBuffer chunk) {
    int bytes = chunk.remaining();
    try {
      file.write(end, chunk);
    } catch (DistDbException refused) {
      // Who reads the content takes errors for its damage, and goes on.
      failure = refused;
      throw refused;
    }
    end += bytes;
  }

  @Override
  public void position(LogPosition position) {
    // The copy has one of its own.
  }

  @Override
  public void side(Bytes key, Bytes value) {
    writer.side(key, value);
  }

  @Override
  public void index(IndexId id, IndexKind kind, ExportFormat.Versions versions) {
    writer.index(id, kind);
    while (!leftEmpty.contains(id) && versions.next()) {
      writer.version(versions.key(), versions.value(), versions.timestamp());
    }
  }

  /**
   * What was written, to be read once.
   *
   * @throws DistDbException why it could not be written
   */
  Iterable<ByteBuffer> chunks() {
    if (failure != null) {
      throw failure;
    }
    writer.finish();
    return () -> new Chunks();
  }

  private final class Chunks implements Iterator<ByteBuffer> {
    private long position;

    @Override
    public boolean hasNext() {
      return position < end;
    }

    @Override
    public ByteBuffer next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the copy has ended");
      }
      ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, end - position));
      position += file.read(position, chunk);
      return chunk.flip();
    }
  }

  @Override
  public void close() {
    file.close();
    disk.delete(NAME);
  }
}
