// SPDX-License-Identifier: MIT
package io.distdb.clients;

import io.distdb.node.config.Config;
import io.distdb.node.pgwire.ServerOptions;
import io.distdb.node.wiring.ServedNode;
import io.distdb.node.wiring.Surroundings;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A node in memory that listens on a free loopback port and trusts everybody; owned by the test
 * that closes it.
 */
public final class ClientNode implements AutoCloseable {
  private final ServedNode node;

  public ClientNode() {
    Config config = Config.inMemory();
    node =
        ServedNode.start(
            config,
            ServerOptions.at(new InetSocketAddress("127.0.0.1", 0), true),
            Surroundings.system(config));
  }

  /** What pgjdbc connects to; {@code parameters} like {@code fetchsize=2&ssl=false}, or empty. */
  public String url(String parameters) {
    return "jdbc:postgresql://127.0.0.1:"
        + node.sqlAddress().getPort()
        + "/postgres?user=tester"
        + (parameters.isEmpty() ? "" : "&" + parameters);
  }

  public String url() {
    return url("");
  }

  public Connection connect(String parameters) throws SQLException {
    return DriverManager.getConnection(url(parameters));
  }

  @Override
  public void close() {
    node.close();
  }
}
