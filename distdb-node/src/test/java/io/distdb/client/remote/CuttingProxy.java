// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A host that passes everything on to a server until a client sends a word: then it is gone with
 * all its connections, and nobody comes in any more.
 */
final class CuttingProxy implements AutoCloseable {
  /** What becomes of the message with the word. */
  enum Cut {
    /** The server never gets it. */
    BEFORE,
    /** The server has answered it whole, and nobody gets the answer. */
    BEHIND
  }

  private static final byte[] READY = {'Z', 0, 0, 0, 5};

  private final InetSocketAddress server;
  private final ServerSocket door;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile byte[] word;
  private volatile Cut cut;

  /** Whence the answer to the message with the word comes next; null: it was not sent. */
  private volatile Socket answering;

  CuttingProxy(InetSocketAddress server) throws IOException {
    this.server = server;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** From now on the word, as a statement ends with it, is what it waits for. */
  void cutAt(String newWord, Cut how) {
    cut = how;
    word = (newWord + "\0").getBytes(StandardCharsets.US_ASCII);
  }

  private static void start(Runnable body) {
    Thread.ofPlatform().daemon().start(body);
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        Socket there = new Socket();
        sockets.addAll(List.of(client, there));
        there.connect(server);
        start(() -> requests(client, there));
        start(() -> answers(there, client));
      }
    } catch (IOException closed) {
      close();
    }
  }

  private void requests(Socket from, Socket to) {
    byte[] buffer = new byte[1 << 16];
    byte[] tail = {};
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        byte[] seen = Arrays.copyOf(tail, tail.length + read);
        System.arraycopy(buffer, 0, seen, tail.length, read);
        byte[] wanted = word;
        if (wanted != null && contains(seen, wanted)) {
          if (cut == Cut.BEFORE) {
            close();
            return;
          }
          answering = to;
        }
        tail = Arrays.copyOfRange(seen, Math.max(0, seen.length - 16), seen.length);
        out.write(buffer, 0, read);
      }
      to.shutdownOutput();
    } catch (IOException closed) {
      // One side is gone.
    }
  }

  private void answers(Socket from, Socket to) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (answering != from) {
          out.write(buffer, 0, read);
        } else if (contains(Arrays.copyOf(buffer, read), READY)) {
          close();
          return;
        }
      }
      to.shutdownOutput();
    } catch (IOException closed) {
      // One side is gone.
    }
  }

  private static boolean contains(byte[] text, byte[] word) {
    for (int at = 0; at + word.length <= text.length; at++) {
      if (Arrays.equals(text, at, at + word.length, word, 0, word.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() {
    try {
      door.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException gone) {
      throw new IllegalStateException(gone);
    }
  }
}
