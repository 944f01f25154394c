// SPDX-License-Identifier: MIT
package io.distdb.client.jdbc;

import io.distdb.node.pgwire.LocalServer;
import java.net.ConnectException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The databases of this JVM that drivers may connect to, by the key that their data sources have.
 * Thread-safe.
 *
 * <p>It is static since it has to be: pgjdbc makes a socket factory from the name of its class and
 * one string, and so leaves no other way to an object. An entry is there from the first {@code
 * Client.dataSource()} to {@code Client.close()}.
 */
final class InProcessServers {
  private static final Map<String, LocalServer> BY_KEY = new ConcurrentHashMap<>();
  private static final AtomicLong LAST_KEY = new AtomicLong();

  private InProcessServers() {}

  /** The key of {@code server} from now on. */
  static String add(LocalServer server) {
    String key = Long.toString(LAST_KEY.incrementAndGet());
    BY_KEY.put(key, server);
    return key;
  }

  /**
   * @throws ConnectException its client is closed
   */
  static LocalServer find(String key) throws ConnectException {
    LocalServer server = BY_KEY.get(key);
    if (server == null) {
      throw new ConnectException("the database is closed");
    }
    return server;
  }

  static void remove(String key) {
    BY_KEY.remove(key);
  }

  static int count() {
    return BY_KEY.size();
  }
}
