// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import io.distdb.node.pgwire.message.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/** A client's socket, plain or with TLS. */
final class SocketChannel implements Channel {
  private static final int NOTHING = -1;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  /** Held by who reads. */
  private final ReentrantLock reading = new ReentrantLock();

  /** A byte that {@link #isGone} has met, or {@link #NOTHING}. Guarded by {@link #reading}. */
  private int metByte = NOTHING;

  SocketChannel(Socket socket) throws IOException {
    this.socket = socket;
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    reading.lock();
    try {
      if (metByte != NOTHING) {
        target[offset] = (byte) metByte;
        metByte = NOTHING;
        return 1;
      }
      return in.read(target, offset, length);
    } finally {
      reading.unlock();
    }
  }

  /**
   * Whether the client has ended the connection; false also when somebody reads, who will find out
   * for himself. For a client that nobody waits for. Any thread.
   */
  boolean isGone() {
    if (!reading.tryLock()) {
      return false;
    }
    try {
      if (metByte != NOTHING) {
        return false;
      }
      int before = socket.getSoTimeout();
      socket.setSoTimeout(1);
      try {
        int met = in.read();
        metByte = met;
        return met < 0;
      } finally {
        socket.setSoTimeout(before);
      }
    } catch (SocketTimeoutException quiet) {
      return false;
    } catch (IOException gone) {
      return true;
    } finally {
      reading.unlock();
    }
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    out.write(source, offset, length);
  }

  @Override
  public void timeout(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed either way.
    }
  }
}
