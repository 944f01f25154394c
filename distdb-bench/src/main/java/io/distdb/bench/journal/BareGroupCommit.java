// SPDX-License-Identifier: MIT
package io.distdb.bench.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The textbook's group commit, with no record format, checksum or recovery: a buffer under a lock,
 * the first who comes writes and forces it, everybody else waits for a condition.
 */
final class BareGroupCommit implements Side {
  private final FileChannel channel;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition forcedMore = lock.newCondition();
  private ByteBuffer filling = ByteBuffer.allocateDirect(1 << 16);
  private ByteBuffer writing = ByteBuffer.allocateDirect(1 << 16);
  private long position;
  private long appended;
  private long forced;
  private boolean busy;

  BareGroupCommit(Path directory) throws IOException {
    channel = BareLoop.preallocated(directory.resolve("bare-group-commit"));
  }

  @Override
  public String name() {
    return "bare group commit";
  }

  @Override
  public void write(byte[] record) throws IOException {
    lock.lock();
    try {
      filling.put(record);
      appended += record.length;
      long mine = appended;
      while (forced < mine) {
        if (busy) {
          forcedMore.awaitUninterruptibly();
        } else {
          lead();
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void lead() throws IOException {
    ByteBuffer batch = filling;
    filling = writing;
    filling.clear();
    writing = batch;
    long end = appended;
    busy = true;
    lock.unlock();
    try {
      batch.flip();
      if (position + batch.remaining() > BareLoop.FILE_BYTES) {
        position = 0;
      }
      position += channel.write(batch, position);
      channel.force(false);
    } finally {
      lock.lock();
      busy = false;
    }
    forced = end;
    forcedMore.signalAll();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
