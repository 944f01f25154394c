// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The nodes. */
final class Cluster {
  private static final long READY_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final String PARAMETERS =
      "/postgres?sslmode=disable&connectTimeout=2&loginTimeout=4&socketTimeout=6"
          + "&ApplicationName=nemesis";

  private static final String LEADER = "SELECT node FROM distdb.cluster_members WHERE leads";

  private final World world;
  private final List<NodeProcess> nodes;
  private final Findings findings;
  private final String parameters;

  Cluster(World world, Options options, Findings findings) {
    this.world = world;
    this.findings = findings;
    this.parameters =
        PARAMETERS + (options.settings().isEmpty() ? "" : "&options=" + given(options));
    this.nodes =
        IntStream.rangeClosed(1, options.nodes())
            .mapToObj(i -> new NodeProcess(i, world, options))
            .toList();
  }

  /** As the start of a session tells settings. */
  private static String given(Options options) {
    String words =
        Arrays.stream(options.settings().split(","))
            .map(setting -> "-c " + setting)
            .collect(Collectors.joining(" "));
    return URLEncoder.encode(words, StandardCharsets.UTF_8);
  }

  int size() {
    return nodes.size();
  }

  List<NodeProcess> nodes() {
    return nodes;
  }

  NodeProcess node(int number) {
    return nodes.get(number - 1);
  }

  void start() {
    nodes.forEach(NodeProcess::configure);
    nodes.forEach(NodeProcess::start);
  }

  void kill() {
    nodes.forEach(NodeProcess::kill);
  }

  /** What a client of one node connects to. */
  String url(int node) {
    return "jdbc:postgresql://" + world.address(node) + ":" + NodeProcess.SQL_PORT + parameters;
  }

  /** What a client of any node connects to. */
  String urlOfAny() {
    return nodes.stream()
        .map(node -> world.address(node.number()) + ":" + NodeProcess.SQL_PORT)
        .collect(
            Collectors.joining(",", "jdbc:postgresql://", parameters + "&loadBalanceHosts=true"));
  }

  /** Waits until every node answers a query. */
  void awaitReady() throws InterruptedException {
    long end = System.nanoTime() + READY_NANOS;
    for (NodeProcess node : nodes) {
      while (!answers(node.number())) {
        if (node.endedByItself() || System.nanoTime() > end) {
          throw new IllegalStateException(
              "node " + node.number() + " does not answer; its log is " + node.log());
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  /** A node that ended though nobody killed it is a finding; it is started again. */
  void restartWhatEnded() {
    for (NodeProcess node : nodes) {
      if (node.endedByItself()) {
        findings.add("node %d ended by itself with exit code %d", node.number(), node.exitCode());
        node.start();
      }
    }
  }

  /** Which node leads, as the first node says that answers; a node alone leads nobody. */
  OptionalInt leader() {
    for (NodeProcess node : nodes) {
      try (Connection connection = connect(node.number());
          var statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(LEADER)) {
        return rows.next()
            ? OptionalInt.of(Integer.parseInt(rows.getString(1).substring(1)))
            : OptionalInt.empty();
      } catch (SQLException silent) {
        // Another may know.
      }
    }
    return OptionalInt.empty();
  }

  private Connection connect(int node) throws SQLException {
    return DriverManager.getConnection(url(node), "postgres", NodeProcess.PASSWORD);
  }

  private boolean answers(int node) {
    try (Connection connection = connect(node);
        var statement = connection.createStatement()) {
      return statement.executeQuery("SELECT count(*) FROM pg_class").next();
    } catch (SQLException notYet) {
      return false;
    }
  }
}
