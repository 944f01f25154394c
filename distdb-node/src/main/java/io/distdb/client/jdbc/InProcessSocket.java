// SPDX-License-Identifier: MIT
package io.distdb.client.jdbc;

import io.distdb.node.pgwire.LocalConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.Objects;

/**
 * A connection with a database of this JVM, for who needs a socket. It is connected from the start;
 * where it goes and what a network would be told is accepted and has no effect. One thread reads,
 * one writes, any closes.
 */
final class InProcessSocket extends Socket {
  /** What a driver may gather before it writes. */
  private static final int BUFFER_BYTES = 64 << 10;

  private final LocalConnection connection;
  private final InputStream input = new Input();
  private final OutputStream output = new Output();
  private volatile int timeoutMillis;
  private volatile boolean closed;

  /**
   * @param connection closed with this
   */
  InProcessSocket(LocalConnection connection) {
    this.connection = connection;
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    requireOpen();
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    requireOpen();
  }

  @Override
  public void bind(SocketAddress bindpoint) throws IOException {
    requireOpen();
  }

  @Override
  public InputStream getInputStream() throws IOException {
    requireOpen();
    return input;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    requireOpen();
    return output;
  }

  private void requireOpen() throws SocketException {
    if (closed) {
      throw new SocketException("Socket closed");
    }
  }

  @Override
  public void close() {
    closed = true;
    connection.close();
  }

  @Override
  public void shutdownInput() {
    close();
  }

  @Override
  public void shutdownOutput() {
    close();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public boolean isInputShutdown() {
    return closed;
  }

  @Override
  public boolean isOutputShutdown() {
    return closed;
  }

  @Override
  public boolean isConnected() {
    return true;
  }

  @Override
  public boolean isBound() {
    return true;
  }

  @Override
  public void setSoTimeout(int timeout) throws SocketException {
    requireOpen();
    if (timeout < 0) {
      throw new IllegalArgumentException("timeout < 0");
    }
    timeoutMillis = timeout;
  }

  @Override
  public int getSoTimeout() throws SocketException {
    requireOpen();
    return timeoutMillis;
  }

  @Override
  public InetAddress getInetAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public int getPort() {
    return 0;
  }

  @Override
  public int getLocalPort() {
    return 0;
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return null;
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return null;
  }

  @Override
  public void setTcpNoDelay(boolean on) {}

  @Override
  public boolean getTcpNoDelay() {
    return true;
  }

  @Override
  public void setKeepAlive(boolean on) {}

  @Override
  public boolean getKeepAlive() {
    return false;
  }

  @Override
  public void setSoLinger(boolean on, int seconds) {}

  @Override
  public int getSoLinger() {
    return -1;
  }

  @Override
  public void setSendBufferSize(int size) {}

  @Override
  public int getSendBufferSize() {
    return BUFFER_BYTES;
  }

  @Override
  public void setReceiveBufferSize(int size) {}

  @Override
  public int getReceiveBufferSize() {
    return BUFFER_BYTES;
  }

  @Override
  public void setReuseAddress(boolean on) {}

  @Override
  public boolean getReuseAddress() {
    return false;
  }

  @Override
  public void setTrafficClass(int trafficClass) {}

  @Override
  public int getTrafficClass() {
    return 0;
  }

  @Override
  public String toString() {
    return "InProcessSocket" + (closed ? "[closed]" : "[open]");
  }

  /** What the server says. */
  private final class Input extends InputStream {
    private final byte[] one = new byte[1];

    @Override
    public int read() throws IOException {
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (length == 0) {
        return 0;
      }
      requireOpen();
      int count = connection.read(target, offset, length, timeoutMillis);
      if (count < 0) {
        requireOpen();
      }
      return count;
    }

    @Override
    public int available() throws IOException {
      requireOpen();
      return connection.available();
    }

    @Override
    public void close() {
      InProcessSocket.this.close();
    }
  }

  /** What the driver says. */
  private final class Output extends OutputStream {
    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int length) throws IOException {
      requireOpen();
      connection.write(source, offset, length);
    }

    @Override
    public void close() {
      InProcessSocket.this.close();
    }
  }
}
