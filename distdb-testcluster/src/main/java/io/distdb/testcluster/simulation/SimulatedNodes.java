// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import io.distdb.api.NodeId;
import io.distdb.api.consensus.GroupStatus;
import io.distdb.api.journal.Durability;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Scheduler;
import io.distdb.node.config.ClusterConfig;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import io.distdb.sql.session.ServerSession;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import io.distdb.testkit.transport.NetworkFaults;
import io.distdb.testkit.transport.SimulatedNetwork;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Whole nodes of one cluster in one world, as shipped but for their ports. Used by the holder of
 * the baton.
 */
public final class SimulatedNodes {
  /** Twice what clocks of a simulated world are off from the beginning. */
  private static final long CLOCK_LIMIT_MILLIS = 10_000;

  private final SimulatedWorld world;
  private final List<SimulatedNode> machines;
  private final List<Node> nodes = new ArrayList<>();
  private final Set<Integer> killed = new HashSet<>();

  private SimulatedNodes(SimulatedWorld world, List<SimulatedNode> machines) {
    this.world = world;
    this.machines = machines;
  }

  /** A cluster of {@code size} nodes that all serve and vote, until {@code action} has returned. */
  public static void with(SimulatedWorld world, int size, Consumer<SimulatedNodes> action) {
    SimulatedNetwork network = new SimulatedNetwork(world, NetworkFaults.NONE);
    List<SimulatedNode> machines =
        IntStream.rangeClosed(1, size).mapToObj(i -> world.node("n" + i)).toList();
    SimulatedNodes cluster = new SimulatedNodes(world, machines);
    cluster.start(network);
    try {
      action.accept(cluster);
    } finally {
      cluster.stop();
    }
  }

  private void start(SimulatedNetwork network) {
    Node[] started = new Node[machines.size()];
    List<Scheduler.Task> starts = new ArrayList<>();
    for (int i = 0; i < started.length; i++) {
      SimulatedNode machine = machines.get(i);
      int at = i;
      Runnable start =
          () ->
              started[at] =
                  Node.start(
                      config(machine), surroundings(machine).withTransport(network.join(machine)));
      starts.add(machine.scheduler().start("start", start));
    }
    starts.forEach(Scheduler.Task::join);
    nodes.addAll(List.of(started));
    while (!nodes.stream().allMatch(this::knowsAll)) {
      world.sleep(10_000_000);
    }
  }

  /** A cluster begins with some of its members, and takes the others in one by one. */
  private boolean knowsAll(Node node) {
    GroupStatus status = node.group().orElseThrow().status();
    return status.voters().size() == machines.size() && status.outgoing().isEmpty();
  }

  private Config config(SimulatedNode machine) {
    return Config.builder()
        .directory(Path.of("/" + machine.name()))
        .nodeId(machine.name())
        .clusterNodes(machines.stream().map(each -> member(each.name())).toList())
        .clockOffsetLimitMillis(CLOCK_LIMIT_MILLIS)
        .build()
        .withDurability(Durability.SYNC);
  }

  /** Nobody listens at that address. */
  private static ClusterConfig.Member member(String name) {
    int port = 6000 + Integer.parseInt(name.substring(1));
    return new ClusterConfig.Member(new NodeId(name), "127.0.0.1", port);
  }

  private static Surroundings surroundings(SimulatedNode machine) {
    return new Surroundings(
        machine.clock(),
        machine.scheduler(),
        Optional.of(machine.disk()),
        Optional.empty(),
        "a simulation",
        Journal.Progress.SILENT,
        path -> SimulatedDatabase.place(machine, Path.of(path).getFileName().toString()));
  }

  public int size() {
    return nodes.size();
  }

  public Node node(int at) {
    return nodes.get(at % nodes.size());
  }

  /** Whose threads use the sessions of a node. */
  public Scheduler scheduler(int at) {
    return machines.get(at % machines.size()).scheduler();
  }

  /**
   * A session of the main database.
   *
   * @param at counts around the nodes
   */
  public ServerSession session(int at) {
    return node(at).database().newSession();
  }

  /** Its process dies: nobody closes anything, and its sessions are not to be used any more. */
  public void kill(int at) {
    machines.get(at % machines.size()).kill();
    killed.add(at % machines.size());
  }

  private void stop() {
    List<Scheduler.Task> ends = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (killed.contains(i)) {
        continue;
      }
      ends.add(scheduler(i).start("stop", nodes.get(i)::close));
    }
    ends.forEach(Scheduler.Task::join);
  }
}
