// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Carries bytes between a node and its peers, and stops to without a word when it is told. */
final class StallingProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final int target;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean stalled;

  StallingProxy(int target) throws IOException {
    this.target = target;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  void stall(boolean whether) {
    lock.lock();
    try {
      stalled = whether;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket caller = listener.accept();
        Socket called = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.addAll(List.of(caller, called));
        Thread.ofVirtual().start(() -> carry(caller, called));
        Thread.ofVirtual().start(() -> carry(called, caller));
      }
    } catch (IOException closed) {
      close();
    }
  }

  private void carry(Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try {
      for (int read = 0; read >= 0; read = from.getInputStream().read(buffer)) {
        lock.lock();
        try {
          while (stalled) {
            changed.await();
          }
        } finally {
          lock.unlock();
        }
        to.getOutputStream().write(buffer, 0, read);
      }
      to.shutdownOutput();
    } catch (IOException | InterruptedException broken) {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    sockets.forEach(StallingProxy::close);
    stall(false);
  }
}
