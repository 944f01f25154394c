// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import io.distdb.node.pgwire.message.Channel;
import io.distdb.node.pgwire.tls.TlsKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client's socket, plain or with TLS. */
final class SocketChannel implements Channel {
  /** How much of what a client has sent ahead is passed over in looking for its end. */
  private static final int AHEAD_BYTES_MAX = 1 << 10;

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final Socket plain;
  private volatile Socket socket;
  private volatile InputStream in;
  private volatile OutputStream out;
  private volatile byte[] endPoint;
  private final ServerMetrics metrics;

  /** Held by who reads. */
  private final ReentrantLock reading = new ReentrantLock();

  /** What {@link #isGone} has met and nobody has read; else null. Guarded by {@link #reading}. */
  private byte[] ahead;

  private int aheadFrom;
  private int aheadTo;

  SocketChannel(Socket socket, ServerMetrics metrics) throws IOException {
    plain = socket;
    this.socket = socket;
    this.metrics = metrics;
    socket.setTcpNoDelay(true);
    // A client whose machine has gone without a word is found out while nothing is said.
    socket.setKeepAlive(true);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  @Override
  public InetSocketAddress peer() {
    return (InetSocketAddress) socket.getRemoteSocketAddress();
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    reading.lock();
    try {
      if (ahead != null) {
        return takeAhead(target, offset, length);
      }
      int count = in.read(target, offset, length);
      metrics.read(count);
      return count;
    } finally {
      reading.unlock();
    }
  }

  private int takeAhead(byte[] target, int offset, int length) {
    int count = Math.min(length, aheadTo - aheadFrom);
    System.arraycopy(ahead, aheadFrom, target, offset, count);
    aheadFrom += count;
    if (aheadFrom == aheadTo) {
      ahead = null;
    }
    return count;
  }

  /**
   * Whether the client has ended the connection, be it behind a few more messages, such as its
   * good-bye; false also when somebody reads, who will find out for himself. For a client that
   * nobody waits for. Any thread.
   */
  boolean isGone() {
    if (!reading.tryLock()) {
      return false;
    }
    try {
      int before = socket.getSoTimeout();
      socket.setSoTimeout(1);
      try {
        return readAhead();
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

  /** Whether the end was met. */
  private boolean readAhead() throws IOException {
    byte[] met = ahead == null ? new byte[AHEAD_BYTES_MAX] : ahead;
    int to = ahead == null ? 0 : aheadTo;
    while (to < met.length) {
      int count = in.read(met, to, met.length - to);
      if (count < 0) {
        return true;
      }
      if (ahead == null) {
        ahead = met;
        aheadFrom = 0;
      }
      to += count;
      aheadTo = to;
      metrics.read(count);
    }
    return false;
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    out.write(source, offset, length);
    metrics.written(length);
  }

  @Override
  public void encrypt(SSLContext context) throws IOException {
    Socket plain = socket;
    SSLSocket secure =
        (SSLSocket) context.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
    secure.setUseClientMode(false);
    secure.setEnabledProtocols(PROTOCOLS);
    secure.startHandshake();
    try {
      X509Certificate own = (X509Certificate) secure.getSession().getLocalCertificates()[0];
      endPoint = TlsKeys.endPoint(own);
    } catch (GeneralSecurityException wrong) {
      throw new IOException("the certificate cannot be hashed", wrong);
    }
    reading.lock();
    try {
      if (ahead != null) {
        throw new IOException("unencrypted data after the request for encryption");
      }
      socket = secure;
      in = secure.getInputStream();
      out = secure.getOutputStream();
    } finally {
      reading.unlock();
    }
  }

  @Override
  public Optional<byte[]> endPoint() {
    return Optional.ofNullable(endPoint).map(byte[]::clone);
  }

  @Override
  public void timeout(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  /** Closes at once, also while somebody writes to a client that does not read. Any thread. */
  void cut() {
    try {
      plain.close();
    } catch (IOException gone) {
      // It is closed either way.
    }
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
