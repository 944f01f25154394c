// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import io.distdb.api.disk.DiskFile;
import io.distdb.api.journal.Journal;
import java.nio.ByteBuffer;
import java.util.Iterator;

/** Where a snapshot's bytes come from, in order. Used by one thread. */
public interface SnapshotSource {
  /** What it is, for messages. */
  String name();

  /**
   * Reads {@code length} bytes.
   *
   * @return bytes read; fewer only at the end
   */
  int read(byte[] target, int offset, int length);

  /** A whole file; {@code progress} hears of every read. */
  static SnapshotSource file(DiskFile file, Journal.Progress progress) {
    return new FileSource(file, progress);
  }

  /** A file from {@code position} on. */
  static SnapshotSource file(DiskFile file, long position, Journal.Progress progress) {
    FileSource source = new FileSource(file, progress);
    source.position = position;
    return source;
  }

  /** Chunks of an export, cut anywhere. */
  static SnapshotSource chunks(String name, Iterable<ByteBuffer> chunks) {
    return new ChunkSource(name, chunks.iterator());
  }

  /** Reads ahead 1 MiB at a time. */
  final class FileSource implements SnapshotSource {
    private static final int READ_BYTES = 1 << 20;

    private final DiskFile file;
    private final Journal.Progress progress;
    private final long size;
    private final ByteBuffer ahead;
    private long position;

    FileSource(DiskFile file, Journal.Progress progress) {
      this.file = file;
      this.progress = progress;
      size = file.size();
      ahead = ByteBuffer.allocate((int) Math.min(size, READ_BYTES)).limit(0);
    }

    @Override
    public String name() {
      return "snapshot " + file.name();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int done = 0;
      while (done < length) {
        if (!ahead.hasRemaining() && !fill()) {
          break;
        }
        int step = Math.min(length - done, ahead.remaining());
        ahead.get(target, offset + done, step);
        done += step;
      }
      return done;
    }

    private boolean fill() {
      ahead.clear();
      int read = file.read(position, ahead);
      position += read;
      ahead.flip();
      progress.at(position, size);
      return read > 0;
    }
  }

  /** Joins chunks, whatever their borders. */
  final class ChunkSource implements SnapshotSource {
    private final String name;
    private final Iterator<ByteBuffer> chunks;
    private ByteBuffer chunk = ByteBuffer.allocate(0);

    ChunkSource(String name, Iterator<ByteBuffer> chunks) {
      this.name = name;
      this.chunks = chunks;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      int done = 0;
      while (done < length) {
        if (!chunk.hasRemaining()) {
          if (!chunks.hasNext()) {
            break;
          }
          chunk = chunks.next().duplicate();
        }
        int step = Math.min(length - done, chunk.remaining());
        chunk.get(target, offset + done, step);
        done += step;
      }
      return done;
    }
  }
}
