// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.node.config.Config;
import io.distdb.node.pgwire.PgServer;
import io.distdb.node.pgwire.ServerOptions;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A node and the server that PostgreSQL's clients talk to. Thread-safe. */
public final class ServedNode implements AutoCloseable {
  private final Lifecycle lifecycle;
  private final Node node;
  private final PgServer sql;
  private final Operators operators;

  private ServedNode(Lifecycle lifecycle, Node node, PgServer sql, Operators operators) {
    this.lifecycle = lifecycle;
    this.node = node;
    this.sql = sql;
    this.operators = operators;
  }

  /**
   * Starts the node, then lets clients in.
   *
   * @throws io.distdb.api.error.DistDbException as {@link Node#start(Config)} and {@link
   *     PgServer#start}; nothing is left open
   */
  public static ServedNode start(Config config, ServerOptions options, Surroundings surroundings) {
    return start(config, surroundings, () -> options);
  }

  /**
   * As above, letting those in whom {@code config} says.
   *
   * @param address where to listen
   * @param insecure anybody, whatever it says
   */
  public static ServedNode start(
      Config config, InetSocketAddress address, boolean insecure, Surroundings surroundings) {
    ServerSecurity.checkTrust(config, address, insecure);
    return start(
        config,
        surroundings,
        () ->
            ServerOptions.at(
                address,
                ServerSecurity.admission(config, address, insecure),
                config.clientLimits()));
  }

  private static ServedNode start(
      Config config, Surroundings surroundings, Supplier<ServerOptions> options) {
    Lifecycle lifecycle = new Lifecycle();
    Operators operators = new Operators(lifecycle, config, surroundings);
    boolean started = false;
    try {
      operators.open();
      Node node =
          lifecycle.opened("node", Node.start(config, surroundings.withWatch(operators::waitsFor)));
      node.databases().configure(settings(config));
      ServerSecurity.setFirstPassword(config, node.databases());
      PgServer sql =
          lifecycle.opened(
              "server",
              PgServer.start(
                  node.databases(), surroundings.scheduler(), surroundings.clock(), options.get()));
      operators.serve(node, sql);
      started = true;
      return new ServedNode(lifecycle, node, sql, operators);
    } finally {
      if (!started) {
        lifecycle.close();
      }
    }
  }

  /** What the configuration says of settings of sessions. */
  private static Map<String, String> settings(Config config) {
    return Map.of(
        "cluster_name", config.cluster().nodeId().value(),
        "data_directory", config.directory().map(Path::toString).orElse(""),
        "log_min_duration_statement", Integer.toString(config.slowStatementMillis()));
  }

  public Node node() {
    return node;
  }

  /** Where PostgreSQL's clients connect. */
  public InetSocketAddress sqlAddress() {
    return sql.address();
  }

  /** Where operators ask; absent when http_port is not set. */
  public Optional<InetSocketAddress> httpAddress() {
    return operators.address();
  }

  /** Whether anybody can log in: somebody has a password, or none is asked. */
  public boolean letsAnybodyIn() {
    return sql.trustsEverybody() || ServerSecurity.hasPasswords(node.databases());
  }

  /** How many clients are connected. */
  public int connectionCount() {
    return sql.connectionCount();
  }

  /** Lets transactions end, then closes the node. May be called twice. */
  @Override
  public void close() {
    operators.ending();
    lifecycle.close();
  }
}
