// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster.sql;

import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.journal.Durability;
import io.distdb.api.journal.Journal;
import io.distdb.node.config.ClusterConfig;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import io.distdb.testcluster.simulation.SimulatedDatabase;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.transport.SimulatedNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A node of a cluster over all its lives, started as the program starts it. */
final class SqlMember {
  /** Twice what clocks of a simulated world are off from the beginning. */
  private static final long CLOCK_LIMIT_MILLIS = 10_000;

  private static final int PORT = 5_000;

  /** What a node is from its start to its end. */
  record Life(int number, Node node) {}

  final SimulatedNode machine;
  private final SimulatedNetwork network;
  private final Config config;
  private Life life;
  private int starting;

  SqlMember(SimulatedNode machine, SimulatedNetwork network, List<String> members) {
    this.machine = machine;
    this.network = network;
    config =
        Config.builder()
            .directory(Path.of("/simulated", machine.name()))
            .durability(Durability.SYNC)
            .nodeId(machine.name())
            .host(machine.name())
            .port(PORT)
            .clusterNodes(
                members.stream()
                    .map(id -> new ClusterConfig.Member(new NodeId(id), id, PORT))
                    .toList())
            .clockOffsetLimitMillis(CLOCK_LIMIT_MILLIS)
            .build();
  }

  NodeId id() {
    return new NodeId(machine.name());
  }

  /** Starts a process, unless one lives here. */
  void start() {
    if (starting != machine.lives() || !machine.isAlive()) {
      starting = machine.lives();
      machine.scheduler().start("start", this::begin);
    }
  }

  private void begin() {
    int number = machine.lives();
    Surroundings surroundings =
        new Surroundings(
            machine.clock(),
            machine.scheduler(),
            Optional.of(machine.disk()),
            Optional.empty(),
            "a simulation",
            Journal.Progress.SILENT,
            path -> SimulatedDatabase.place(machine, Path.of(path).getFileName().toString()));
    try {
      life =
          new Life(number, Node.start(config, surroundings.withTransport(network.join(machine))));
    } catch (DistDbException refusal) {
      // Nobody leads for long: whoever looks after it starts it again.
      machine.scheduler().after(1_000_000_000L, "start again", () -> starting = 0);
    }
  }

  /** The present life, or null: it is down, or does not serve yet. */
  Node serving() {
    return life != null && life.number() == machine.lives() && machine.isAlive()
        ? life.node()
        : null;
  }
}
