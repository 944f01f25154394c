// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.node.config.Config;
import io.distdb.node.pgwire.PgServer;
import io.distdb.node.pgwire.ServerOptions;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the database of a test is: the same tests hold of both. */
sealed interface ClientPlace extends AutoCloseable {
  /** A client of the database, which is empty in the beginning. Once. */
  Client open();

  @Override
  void close();

  /** In the test's JVM. */
  final class Embedded implements ClientPlace {
    private Client client;

    @Override
    public Client open() {
      client = Client.open();
      return client;
    }

    @Override
    public void close() {
      client.close();
    }
  }

  /**
   * Of a node at a free port of this machine; or, to see whether a test asks for what PostgreSQL
   * does, of the server that the property {@code distdb.clients.url} names.
   */
  final class Remote implements ClientPlace {
    private static final String OTHER = System.getProperty("distdb.clients.url");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Node node;
    private final PgServer server;
    private Client client;

    Remote() {
      Config config = Config.inMemory();
      node = Node.start(config, Surroundings.system(config));
      server =
          PgServer.start(
              node.databases(),
              Scheduler.threads(),
              Clock.system(),
              ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), true));
    }

    String url() {
      return OTHER == null
          ? "postgresql://postgres@127.0.0.1:" + server.address().getPort() + "/postgres"
          : elsewhere();
    }

    private static String elsewhere() {
      String name = "client_test_" + NUMBERS.incrementAndGet();
      try (Client other = Client.connect(OTHER)) {
        other.execute("DROP DATABASE IF EXISTS " + name);
        other.execute("CREATE DATABASE " + name);
      }
      return OTHER.substring(0, OTHER.lastIndexOf('/') + 1) + name;
    }

    PgServer server() {
      return server;
    }

    @Override
    public Client open() {
      client = Client.connect(url());
      return client;
    }

    @Override
    public void close() {
      if (client != null) {
        client.close();
      }
      server.close();
      node.close();
    }
  }
}
