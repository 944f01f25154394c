// SPDX-License-Identifier: MIT
package io.distdb.client.jdbc;

import io.distdb.api.error.DistDbException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Connects pgjdbc ({@code socketFactory}) with a database of this JVM. Thread-safe. */
public final class InProcessSocketFactory extends SocketFactory {
  private final String key;

  /** Called by pgjdbc, with what {@code socketFactoryArg} is. */
  public InProcessSocketFactory(String key) {
    this.key = key;
  }

  /**
   * @throws ConnectException the database is closed
   */
  @Override
  public Socket createSocket() throws IOException {
    try {
      return new InProcessSocket(InProcessServers.find(key).connect());
    } catch (DistDbException closed) {
      ConnectException refused = new ConnectException(closed.getMessage());
      refused.initCause(closed);
      throw refused;
    }
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    return createSocket();
  }
}
