// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.NodeId;
import io.distdb.node.wiring.Node;
import io.distdb.sql.session.Session;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.simulation.SimulatedWorld;
import io.distdb.testkit.transport.NetworkFaults;
import io.distdb.testkit.transport.SimulatedNetwork;
import java.util.ArrayList;
import java.util.List;

/**
 * One seed: three nodes begin a cluster by themselves, clients speak SQL to all of them, and
 * machines, links and clocks fail; then all heal, and each of them shows the same.
 */
final class SqlCluster implements AutoCloseable {
  private static final long MILLI = 1_000_000;
  private static final long PATIENCE_NANOS = 120_000 * MILLI;
  private static final long STALE_NANOS = 2_000 * MILLI;
  private static final List<String> IDS = List.of("a", "b", "c");

  private final SimulatedWorld world;
  private final SimulatedNetwork network;
  private final SeededRandom random;
  private final NetworkFaults faults;
  private final List<SqlMember> members = new ArrayList<>();
  private final SqlClients clients;
  private int underWay;

  SqlCluster(long seed) {
    world = new SimulatedWorld(seed);
    random = world.random("sql cluster");
    network = new SimulatedNetwork(world, NetworkFaults.NONE);
    faults = NetworkFaults.of(world.random("network"));
    SeededRandom thoughts = world.random("thoughts");
    clients =
        new SqlClients(
            world.random("clients"),
            world::nowNanos,
            () -> {
              if (thoughts.chance(0.2)) {
                world.sleep(thoughts.between(0, 900 * MILLI));
              }
            });
    IDS.forEach(id -> members.add(new SqlMember(world.node(id), network, IDS)));
  }

  long traceHash() {
    return world.traceHash();
  }

  /** How many requests were answered. */
  int run() {
    world.run(this::live);
    return clients.answered();
  }

  private void live() {
    members.forEach(SqlMember::start);
    Node first = awaitServing(members.get(0));
    members.get(0).machine.scheduler().start("create", () -> SqlClients.create(first)).join();
    members.forEach(this::awaitServing);
    // What is at hand may be older than the tables, until it is asked for once more.
    world.sleep(STALE_NANOS);
    for (SqlMember member : members) {
      Node node = awaitServing(member);
      member.machine.scheduler().start("look", () -> clients.lookNearby(node)).join();
    }
    network.faults(faults);
    for (int round = 0; round < 6; round++) {
      for (int i = 0; i < 10; i++) {
        oneRequest();
      }
      disturb();
    }
    settle();
  }

  private Node awaitServing(SqlMember member) {
    long end = world.nowNanos() + PATIENCE_NANOS;
    while (member.serving() == null && world.nowNanos() < end) {
      world.sleep(20 * MILLI);
      member.start();
    }
    assertThat(member.serving()).as("node %s serves", member.id()).isNotNull();
    return member.serving();
  }

  private void oneRequest() {
    world.sleep(random.between(0, 60 * MILLI));
    List<SqlMember> up = members.stream().filter(each -> each.serving() != null).toList();
    if (!up.isEmpty()) {
      SqlMember member = random.pick(up);
      Node node = member.serving();
      member.machine.scheduler().start("client", () -> ask(node));
    }
  }

  private void ask(Node node) {
    underWay++;
    try {
      clients.ask(node);
    } finally {
      underWay--;
    }
  }

  private void disturb() {
    SqlMember victim = random.pick(members);
    List<NodeId> others =
        members.stream().map(SqlMember::id).filter(id -> !id.equals(victim.id())).toList();
    switch (random.below(8)) {
      case 0 -> restart(victim, true);
      case 1 -> restart(victim, false);
      case 2 -> members.forEach(member -> restart(member, true));
      case 3 -> network.partition(List.of(victim.id()), others);
      case 4 -> network.block(victim.id(), random.pick(others));
      case 5 -> victim.machine.pause(random.between(50 * MILLI, 4_000 * MILLI));
      case 6 -> victim.machine.clock().jump(random.between(-3_600_000_000L, 3_600_000_000L));
      default -> heal();
    }
  }

  private void restart(SqlMember victim, boolean powerLost) {
    if (powerLost) {
      victim.machine.crash(random.pick(List.of(CrashMode.values())));
    } else {
      victim.machine.kill();
    }
    world.sleep(random.between(0, random.pick(List.of(10L, 1_500L)) * MILLI));
    victim.start();
  }

  private void heal() {
    network.heal();
    network.faults(faults);
  }

  private void settle() {
    network.heal();
    members.forEach(this::awaitServing);
    long end = world.nowNanos() + PATIENCE_NANOS;
    boolean[] done = new boolean[1];
    while ((!done[0] || underWay > 0) && world.nowNanos() < end) {
      SqlMember member = random.pick(members);
      Node node = member.serving();
      if (!done[0]) {
        member.machine.scheduler().start("client", () -> done[0] |= add(node)).join();
      }
      world.sleep(100 * MILLI);
    }
    assertThat(done[0]).as("a row is taken once all have healed").isTrue();
    assertThat(underWay).as("requests that are not answered").isZero();
    for (SqlMember member : members) {
      Node node = member.serving();
      member.machine.scheduler().start("checks", () -> clients.check(node)).join();
    }
  }

  private boolean add(Node node) {
    try (Session session = node.database().newSession()) {
      return clients.add(session);
    }
  }

  @Override
  public void close() {
    world.close();
  }
}
