// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import io.distdb.node.pgwire.message.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A client's socket, plain or with TLS. */
final class SocketChannel implements Channel {
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  SocketChannel(Socket socket) throws IOException {
    this.socket = socket;
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return in.read(target, offset, length);
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
