// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The floor that no log can pass: write the row behind the last one, {@code force(false)}, in a
 * loop over a file that was allocated before. One thread.
 */
final class AppendForceContender implements Contender {
  private static final int PREALLOCATED_BYTES = 64 << 20;

  private final FileChannel channel;
  private long position;

  AppendForceContender(Path directory) throws IOException {
    channel =
        FileChannel.open(
            directory.resolve("append"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
    for (long at = 0; at < PREALLOCATED_BYTES; at += zeros.capacity()) {
      channel.write(zeros.clear(), at);
    }
    channel.force(true);
  }

  @Override
  public String durability() {
    return "file forced after every append, nothing else";
  }

  @Override
  public void load(long rows) {}

  @Override
  public Worker newWorker() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 10);
    return new WriteOnlyWorker() {
      @Override
      public void insert(long id) throws IOException {
        byte[] row = RocksContender.row(id);
        buffer.clear().putLong(id).put(row).flip();
        if (position + buffer.remaining() > PREALLOCATED_BYTES) {
          position = 0;
        }
        position += channel.write(buffer, position);
        channel.force(false);
      }
    };
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
