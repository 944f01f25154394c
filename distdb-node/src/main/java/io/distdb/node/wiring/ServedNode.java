// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.node.config.Config;
import io.distdb.node.pgwire.PgServer;
import io.distdb.node.pgwire.ServerOptions;
import java.net.InetSocketAddress;

/** A node and the server that PostgreSQL's clients talk to. Thread-safe. */
public final class ServedNode implements AutoCloseable {
  private final Lifecycle lifecycle;
  private final Node node;
  private final PgServer sql;

  private ServedNode(Lifecycle lifecycle, Node node, PgServer sql) {
    this.lifecycle = lifecycle;
    this.node = node;
    this.sql = sql;
  }

  /**
   * Starts the node, then lets clients in.
   *
   * @throws io.distdb.api.error.DistDbException as {@link Node#start(Config)} and {@link
   *     PgServer#start}; nothing is left open
   */
  public static ServedNode start(Config config, ServerOptions options, Surroundings surroundings) {
    Lifecycle lifecycle = new Lifecycle();
    boolean started = false;
    try {
      Node node = lifecycle.opened("node", Node.start(config, surroundings));
      PgServer sql =
          lifecycle.opened(
              "server",
              PgServer.start(
                  node.databases(), surroundings.scheduler(), surroundings.clock(), options));
      started = true;
      return new ServedNode(lifecycle, node, sql);
    } finally {
      if (!started) {
        lifecycle.close();
      }
    }
  }

  public Node node() {
    return node;
  }

  /** Where PostgreSQL's clients connect. */
  public InetSocketAddress sqlAddress() {
    return sql.address();
  }

  /** How many clients are connected. */
  public int connectionCount() {
    return sql.connectionCount();
  }

  /** Lets transactions end, then closes the node. May be called twice. */
  @Override
  public void close() {
    lifecycle.close();
  }
}
