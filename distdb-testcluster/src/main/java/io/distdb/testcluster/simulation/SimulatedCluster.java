// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Durability;
import io.distdb.api.time.Scheduler;
import io.distdb.client.Client;
import io.distdb.node.config.ClusterConfig;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Build;
import io.distdb.testkit.simulation.SimulatedWorld;
import io.distdb.testkit.transport.NetworkFaults;
import io.distdb.testkit.transport.SimulatedNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A cluster of whole nodes in a simulated world: one seed decides what each thread, disk, message
 * and clock does, and time passes only when all wait. So a test of a program that uses DistDB can
 * run for minutes of simulated time in a moment, and again in the same way. Nodes are numbered from
 * 1.
 *
 * <pre>{@code
 * SimulatedCluster.run(seed, 3, cluster -> {
 *   cluster.call(client -> client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)"));
 *   cluster.kill(cluster.leader());
 *   cluster.call(client -> client.execute("INSERT INTO t VALUES (1)"));
 * });
 * }</pre>
 *
 * <p>All methods are for threads of the simulation: the one that {@link #run} gives to the test,
 * and those that it starts by {@link #scheduler}. They must not wait for each other but through the
 * scheduler. {@link io.distdb.testcluster.local.LocalCluster} is the same in real time.
 */
public final class SimulatedCluster {
  private static final int NODES_MAX = 9;
  private static final long LOOK_NANOS = 5_000_000;
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final int FIRST_PORT = 5000;

  /** Twice what clocks of a simulated world are off from the beginning. */
  private static final long CLOCK_LIMIT_MILLIS = 10_000;

  private final SimulatedWorld world;
  private final SimulatedNetwork network;
  private final List<SimulatedMember> members = new ArrayList<>();

  private SimulatedCluster(SimulatedWorld world, int count) {
    this.world = world;
    network = new SimulatedNetwork(world, NetworkFaults.NONE);
    List<ClusterConfig.Member> all =
        IntStream.rangeClosed(1, count)
            .mapToObj(number ->
                new ClusterConfig.Member(
                    new NodeId("node-" + number), "127.0.0.1", FIRST_PORT + number))
            .toList();
    for (ClusterConfig.Member member : all) {
      Config config =
          Config.builder()
              .durability(Durability.SYNC)
              .journalSegmentBytes(1 << 16)
              .nodeId(member.id().value())
              .clusterNodes(all)
              .clockOffsetLimitMillis(CLOCK_LIMIT_MILLIS)
              .build();
      members.add(new SimulatedMember(member.id(), world.node(member.id().value()), config));
    }
  }

  /**
   * Starts a cluster in a world of its own, and runs a test in it.
   *
   * @param nodes 1 to 9
   * @return a hash of everything that happened: equal for equal seeds and tests
   * @throws io.distdb.testkit.simulation.SimulationFailure with the seed; what the test threw is
   *     the cause
   */
  public static long run(long seed, int nodes, Consumer<? super SimulatedCluster> test) {
    if (nodes < 1 || nodes > NODES_MAX) {
      throw new IllegalArgumentException(nodes + " nodes; 1 to " + NODES_MAX + " can be");
    }
    try (SimulatedWorld world = new SimulatedWorld(seed)) {
      SimulatedCluster cluster = new SimulatedCluster(world, nodes);
      world.run(() -> {
        cluster.restart(cluster.all());
        cluster.await(
            "all to vote",
            () -> cluster.members.stream().allMatch(member -> member.seesVoters(nodes)));
        test.accept(cluster);
      });
      return world.traceHash();
    }
  }

  private int[] all() {
    return IntStream.rangeClosed(1, members.size()).toArray();
  }

  // --- using it ---

  public int size() {
    return members.size();
  }

  /** For threads of the test: what one of them throws fails the run. */
  public Scheduler scheduler() {
    return world.scheduler();
  }

  /** Lets time pass. */
  public void sleepMillis(long millis) {
    world.sleep(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Since the world began. */
  public long nowMillis() {
    return TimeUnit.NANOSECONDS.toMillis(world.nowNanos());
  }

  /**
   * What {@code work} gives at the first node that is up.
   *
   * @throws DistDbException as {@link #call(int, Function)}
   */
  public <T> T call(Function<? super Client, T> work) {
    for (int number : all()) {
      if (isUp(number)) {
        return call(number, work);
      }
    }
    throw new DistDbException(ErrorCode.CANNOT_CONNECT, "no node of the cluster is up");
  }

  /**
   * What {@code work} gives at a node, in a thread of that node.
   *
   * @throws DistDbException what the work threw; {@code CANNOT_CONNECT}: the node is down; {@code
   *     COMMIT_OUTCOME_UNKNOWN}: it was killed meanwhile
   */
  public <T> T call(int number, Function<? super Client, T> work) {
    return member(number).call(work);
  }

  public boolean isUp(int number) {
    return member(number).isUp();
  }

  /** A node that says of itself that it leads; waits until there is one. */
  public int leader() {
    await("a leader", () -> Arrays.stream(all()).anyMatch(number -> member(number).leads()));
    return Arrays.stream(all()).filter(number -> member(number).leads()).findFirst().orElseThrow();
  }

  private void await(String what, BooleanSupplier condition) {
    long end = world.nowNanos() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (world.nowNanos() >= end) {
        throw new AssertionError("waited for " + what + " for a simulated minute; " + members);
      }
      world.sleep(LOOK_NANOS);
    }
  }

  // --- making trouble ---

  /** Ends nodes as {@code kill -9} does. What they had written stays. */
  public void kill(int... numbers) {
    for (int number : numbers) {
      member(number).kill();
    }
  }

  /** Starts nodes that are down, and returns when they serve. */
  public void restart(int... numbers) {
    for (int number : numbers) {
      member(number).start(network);
    }
    for (int number : numbers) {
      await("the start of node " + number, () -> member(number).hasStarted());
    }
  }

  /** Cuts these nodes off from all others, both ways. */
  public void partition(int... numbers) {
    List<NodeId> some = Arrays.stream(numbers).mapToObj(number -> member(number).id).toList();
    network.partition(
        some, members.stream().map(member -> member.id).filter(id -> !some.contains(id)).toList());
  }

  /** What happens to messages by chance, until {@link #heal}. */
  public void faults(NetworkFaults faults) {
    network.faults(faults);
  }

  /** Ends partitions and faults of the network. Nodes that are down stay down. */
  public void heal() {
    network.heal();
  }

  /** Stops all threads of a node for a while, and returns at once. */
  public void pauseMillis(int number, long millis) {
    member(number).node.pause(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /** Moves a node's wall clock, either way. */
  public void moveClock(int number, Duration by) {
    member(number).node.clock().jump(by.toNanos() / 1_000);
  }

  /** Another DistDB is started on the node's machine from the next {@link #restart} on. */
  public void install(int number, Build build) {
    member(number).install(build);
  }

  /** Which version the cluster is at, as a node knows; empty: the node does not serve. */
  public OptionalInt clusterVersion(int number) {
    return member(number).clusterVersion();
  }

  private SimulatedMember member(int number) {
    if (number < 1 || number > members.size()) {
      throw new IllegalArgumentException(
          "there is no node " + number + ", they are 1 to " + members.size());
    }
    return members.get(number - 1);
  }
}
