// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.disk;

import io.distdb.api.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.util.concurrent.Future;

/**
 * One open file. Its futures are complete when they are handed out (the executor runs in the
 * caller's thread), so taking their result never waits and never sees an interrupt.
 */
final class ChannelFile implements DiskFile {
  /** The JDK keeps a direct copy of each thread's largest heap buffer for ever: keep it small. */
  private static final int HEAP_SLICE_BYTES = 256 << 10;

  private final String name;
  private final Path path;
  private final AsynchronousFileChannel channel;

  ChannelFile(String name, Path path, AsynchronousFileChannel channel) {
    this.name = name;
    this.path = path;
    this.channel = channel;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    try {
      return channel.size();
    } catch (IOException failure) {
      throw IoErrors.translate("ask for the size of", path, failure);
    }
  }

  @Override
  public void write(long position, ByteBuffer source) {
    int limit = source.limit();
    long at = position;
    try {
      while (source.position() < limit) {
        slice(source, limit);
        at += result(channel.write(source, at));
      }
    } catch (IOException failure) {
      throw IoErrors.translate("write", path, failure);
    } finally {
      source.limit(limit);
    }
  }

  @Override
  public int read(long position, ByteBuffer target) {
    int start = target.position();
    int limit = target.limit();
    try {
      while (target.position() < limit) {
        slice(target, limit);
        if (result(channel.read(target, position + target.position() - start)) < 0) {
          break;
        }
      }
    } catch (IOException failure) {
      throw IoErrors.translate("read", path, failure);
    } finally {
      target.limit(limit);
    }
    return target.position() - start;
  }

  private static void slice(ByteBuffer buffer, int limit) {
    if (!buffer.isDirect()) {
      buffer.limit(Math.min(limit, buffer.position() + HEAP_SLICE_BYTES));
    }
  }

  private static int result(Future<Integer> done) throws IOException {
    return switch (done.state()) {
      case SUCCESS -> done.resultNow();
      case FAILED -> {
        Throwable cause = done.exceptionNow();
        throw cause instanceof IOException failure ? failure : new IOException(cause);
      }
      case CANCELLED, RUNNING -> throw new IOException("the file was closed meanwhile");
    };
  }

  @Override
  public void truncate(long size) {
    try {
      if (size < channel.size()) {
        channel.truncate(size);
      } else if (size > channel.size()) {
        write(size - 1, ByteBuffer.allocate(1));
      }
    } catch (IOException failure) {
      throw IoErrors.translate("truncate", path, failure);
    }
  }

  @Override
  public void force() {
    try {
      channel.force(false);
    } catch (IOException failure) {
      throw IoErrors.translate("force", path, failure);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw IoErrors.translate("close", path, failure);
    }
  }
}
