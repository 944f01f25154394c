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
  private static final int NOTHING = -1;
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private volatile Socket socket;
  private volatile InputStream in;
  private volatile OutputStream out;
  private volatile byte[] endPoint;
  private final ServerMetrics metrics;

  /** Held by who reads. */
  private final ReentrantLock reading = new ReentrantLock();

  /** A byte that {@link #isGone} has met, or {@link #NOTHING}. Guarded by {@link #reading}. */
  private int metByte = NOTHING;

  SocketChannel(Socket socket, ServerMetrics metrics) throws IOException {
    this.socket = socket;
    this.metrics = metrics;
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
      if (metByte != NOTHING) {
        target[offset] = (byte) metByte;
        metByte = NOTHING;
        return 1;
      }
      int count = in.read(target, offset, length);
      metrics.read(count);
      return count;
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
      if (metByte != NOTHING) {
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

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // It is closed either way.
    }
  }
}
