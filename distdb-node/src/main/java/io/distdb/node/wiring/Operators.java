// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.node.config.Config;
import io.distdb.node.http.Exposition;
import io.distdb.node.http.OperatorServer;
import io.distdb.node.http.Readiness;
import io.distdb.node.pgwire.PgServer;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What operators are told of a node, from before its recovery until after its end. Does nothing
 * where {@code http_port} is not set.
 */
final class Operators {
  private final Lifecycle lifecycle;
  private final Config config;
  private final Surroundings surroundings;
  private final Readiness readiness = new Readiness();
  private Exposition metrics;
  private OperatorServer server;

  Operators(Lifecycle lifecycle, Config config, Surroundings surroundings) {
    this.lifecycle = lifecycle;
    this.config = config;
    this.surroundings = surroundings;
  }

  /** Answers from now on. */
  void open() {
    int port = config.cluster().httpPort();
    if (port == 0) {
      return;
    }
    metrics = new Exposition();
    InetSocketAddress address = new InetSocketAddress(config.cluster().host(), port);
    server =
        lifecycle.opened(
            "operators",
            OperatorServer.start(address, surroundings.scheduler(), readiness, metrics));
  }

  /** The node's start waits for something. */
  void waitsFor(String what) {
    readiness.notReady("waiting for " + what);
  }

  /** The node serves. */
  void serve(Node node, PgServer sql) {
    if (metrics != null) {
      metrics.add(node.metrics());
      metrics.add(node.databases().statementMetrics().metrics());
      metrics.add(sql.metrics().metrics());
      metrics.add(node.databases().statementMetrics());
    }
    readiness.ready(() -> node.refusal().map(Throwable::getMessage));
  }

  void ending() {
    readiness.notReady("shutting down");
  }

  Optional<InetSocketAddress> address() {
    return Optional.ofNullable(server).map(OperatorServer::address);
  }
}
