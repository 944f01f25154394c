// SPDX-License-Identifier: MIT
package io.distdb.bench.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The floor for one thread: append to a preallocated file, {@code force(false)}. */
final class BareLoop implements Side {
  static final int FILE_BYTES = 64 << 20;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 12);
  private long position;

  BareLoop(Path directory) throws IOException {
    channel = preallocated(directory.resolve("bare-loop"));
  }

  static FileChannel preallocated(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
    for (long at = 0; at < FILE_BYTES; at += zeros.capacity()) {
      channel.write(zeros.clear(), at);
    }
    channel.force(true);
    return channel;
  }

  @Override
  public String name() {
    return "bare append and force";
  }

  @Override
  public boolean isForOneThread() {
    return true;
  }

  @Override
  public void write(byte[] record) throws IOException {
    buffer.clear().put(record).flip();
    if (position + record.length > FILE_BYTES) {
      position = 0;
    }
    position += channel.write(buffer, position);
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
