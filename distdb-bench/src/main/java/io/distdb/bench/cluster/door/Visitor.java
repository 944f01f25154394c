// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster.door;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One connection. The only request under way is answered by whoever has the answer; with more under
 * way a thread of the connection writes, so that answers that come together go together.
 */
final class Visitor {
  private static final int BUFFER_BYTES = 1 << 20;

  private final SocketChannel socket;
  private final Register register;
  private final ReentrantLock lock = new ReentrantLock();
  private ByteBuffer answers = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private ByteBuffer spare = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private int underWay;
  private boolean writing;
  private volatile boolean ended;
  private Thread writer;

  Visitor(SocketChannel socket, Register register) {
    this.socket = socket;
    this.register = register;
  }

  void read() {
    writer = Thread.ofPlatform().daemon().name("door-writer").start(this::writeAlways);
    ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    try {
      while (socket.read(in) >= 0) {
        in.flip();
        for (int length = Frames.next(in); length >= 0; length = Frames.next(in)) {
          take(in, length);
        }
        in.compact();
      }
    } catch (IOException gone) {
      // The client has left.
    }
    ended = true;
    LockSupport.unpark(writer);
  }

  private void take(ByteBuffer in, int length) {
    int end = in.position() + 4 + length;
    in.getInt();
    long number = in.getLong();
    byte kind = in.get();
    long key = in.getLong();
    byte[] value = new byte[end - in.position()];
    in.get(value);
    lock.lock();
    boolean alone = underWay++ == 0 && !in.hasRemaining();
    lock.unlock();
    Register.Answer answer = answer(number);
    switch (kind) {
      case Frames.PUT -> register.put(new Table.Put(key, value), alone, answer);
      case Frames.GET -> register.get(key, alone, answer);
      case Frames.LEADER -> answer.done(register.leader().getBytes(StandardCharsets.UTF_8));
      default -> answer.failed("no request of kind " + kind);
    }
  }

  private Register.Answer answer(long number) {
    return new Register.Answer() {
      @Override
      public void done(byte[] value) {
        say(number, Frames.DONE, value == null ? new byte[0] : value);
      }

      @Override
      public void failed(String why) {
        say(number, Frames.FAILED, why.getBytes(StandardCharsets.UTF_8));
      }
    };
  }

  private void say(long number, byte outcome, byte[] value) {
    boolean alone;
    boolean first;
    lock.lock();
    try {
      underWay--;
      first = answers.position() == 0;
      Frames.putAnswer(answers, number, outcome, value);
      alone = underWay == 0 && first && !writing;
      writing |= alone;
    } finally {
      lock.unlock();
    }
    if (alone) {
      write();
    } else if (first) {
      LockSupport.unpark(writer);
    }
  }

  /** Writes what waits; the caller has set {@link #writing}. */
  private void write() {
    ByteBuffer batch;
    lock.lock();
    try {
      batch = answers;
      answers = spare;
    } finally {
      lock.unlock();
    }
    boolean more;
    try {
      batch.flip();
      while (batch.hasRemaining()) {
        socket.write(batch);
      }
    } catch (IOException gone) {
      ended = true;
    }
    batch.clear();
    lock.lock();
    try {
      spare = batch;
      writing = false;
      more = answers.position() > 0;
    } finally {
      lock.unlock();
    }
    if (more) {
      LockSupport.unpark(writer);
    }
  }

  private void writeAlways() {
    while (!ended) {
      boolean mine;
      lock.lock();
      try {
        mine = !writing && answers.position() > 0;
        writing |= mine;
      } finally {
        lock.unlock();
      }
      if (mine) {
        write();
      } else {
        LockSupport.park(this);
      }
    }
  }
}
