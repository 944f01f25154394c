// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.NodeId;
import io.distdb.api.consensus.GroupStatus;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.simulation.SimulatedWorld;
import io.distdb.testkit.transport.NetworkFaults;
import io.distdb.testkit.transport.SimulatedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * One seed: a cluster, clients, and what goes wrong. First safety: nothing that clients see or that
 * can be seen from outside may break a promise. Then liveness: a quorum heals and must get on, then
 * all heal and must become equal.
 */
final class ClusterSimulation implements AutoCloseable {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;

  /** A healed quorum takes a write within this time, of true time. */
  private static final long PROGRESS_NANOS = 20 * SECOND;

  /** Every request has an answer within this time of a cluster that has healed. */
  private static final long ANSWER_NANOS = 60 * SECOND;

  private final SimulatedWorld world;
  private final SimulatedNetwork network;
  private final SeededRandom random;
  private final SeededRandom thoughts;
  private final SwarmMix mix;
  private final ClusterWatch watch;
  private final List<Member> members = new ArrayList<>();
  private final Mischief mischief;
  private List<Patron> patrons = List.of();
  private Elements elements;
  private int underWay;

  ClusterSimulation(long seed, Planted planted) {
    world = new SimulatedWorld(seed);
    random = world.random("cluster");
    thoughts = world.random("thoughts");
    mix = SwarmMix.of(world.random("mix"));
    network = new SimulatedNetwork(world, NetworkFaults.NONE);
    List<NodeId> ids =
        List.of("a", "b", "c", "d", "e", "f", "g").stream()
            .limit(mix.nodes() + mix.spares())
            .map(NodeId::new)
            .toList();
    List<NodeId> founders = ids.subList(0, mix.nodes());
    watch = new ClusterWatch(ids);
    ids.forEach(id ->
        members.add(new Member(world.node(id.value()), founders, network, watch, mix, planted)));
    mischief =
        new Mischief(world, network, members, mix, world.random("mischief"), this::oneRequest);
  }

  /** Plays it. */
  ClusterSummary run() {
    world.run(this::live);
    TreeMap<String, Integer> counts = new TreeMap<>();
    mischief.done().forEach((mishap, times) -> counts.put(mishap.name(), times));
    counts.put("given up", mischief.givenUp());
    return new ClusterSummary(
        1,
        world.nowNanos(),
        patrons.stream().mapToInt(Patron::answered).sum(),
        watch.terms(),
        watch.comparisons(),
        counts);
  }

  long traceHash() {
    return world.traceHash();
  }

  private void live() {
    members.forEach(Member::start);
    openTables();
    network.faults(mix.network());
    for (int round = 0; round < mix.rounds(); round++) {
      int requests = 1 + random.below(mix.requestsPerRound());
      for (int i = 0; i < requests; i++) {
        oneRequest();
      }
      mischief.something();
    }
    settle();
  }

  private void openTables() {
    Member.Life leader = awaitLeader(PROGRESS_NANOS);
    List<Tables> made = new ArrayList<>();
    leader.scheduler().start("tables", () -> made.add(Tables.create(leader.manager()))).join();
    Tables tables = made.get(0);
    Stamps stamps = new Stamps(world::nowNanos);
    elements = new Elements(tables, world.random("elements"), world::nowNanos, stamps);
    patrons =
        List.of(
            new Registers(tables, world.random("registers"), world::nowNanos, stamps),
            new Accounts(tables, world.random("accounts"), world::nowNanos, stamps, this::think),
            new Lists(tables, mix.level(), world.random("lists"), this::think),
            elements,
            new Counters(tables, world.random("counters")),
            stamps);
  }

  /** A client between two steps of its transaction: now and then leaders come and go meanwhile. */
  private void think() {
    if (thoughts.chance(mix.thoughtful())) {
      world.sleep(thoughts.between(0, thoughts.pick(List.of(5L, 50L, 600L)) * MILLI));
    } else {
      world.preempt();
    }
  }

  /** A client comes to some node, and does not wait here. */
  private void oneRequest() {
    world.sleep(random.between(0, random.pick(List.of(1L, 10L, 40L)) * MILLI));
    List<Member> up = members.stream().filter(member -> member.life() != null).toList();
    if (up.isEmpty() || patrons.isEmpty()) {
      return;
    }
    Member.Life life = random.pick(up).life();
    Patron patron = random.pick(patrons);
    life.scheduler().start("client", () -> ask(patron, life));
  }

  private void ask(Patron patron, Member.Life life) {
    underWay++;
    try {
      patron.ask(life);
    } finally {
      underWay--;
    }
  }

  // --- the end ---

  private void settle() {
    // Where members change, nobody here knows what a quorum is.
    if (mix.quorumAlone() && mix.spares() == 0) {
      quorumGetsOn();
    }
    mischief.heal();
    network.faults(NetworkFaults.NONE);
    getsOn("all have healed");
    awaitAnswers();
    awaitEqual();
    Member.Life leader = awaitLeader(PROGRESS_NANOS);
    leader
        .scheduler()
        .start(
            "checks",
            () -> {
              patrons.forEach(patron -> patron.settle(leader));
              patrons.forEach(patron -> patron.check(leader));
            })
        .join();
  }

  /** A minority is down or apart, and stays so. */
  private void quorumGetsOn() {
    mischief.heal();
    network.faults(NetworkFaults.NONE);
    List<Member> lost = new ArrayList<>(members);
    while (lost.size() * 2 >= members.size()) {
      lost.remove(random.below(lost.size()));
    }
    boolean apart = random.chance(0.5);
    for (Member member : lost) {
      if (apart) {
        List<NodeId> others =
            members.stream().filter(each -> !lost.contains(each)).map(each -> each.id).toList();
        network.partition(List.of(member.id), others);
      } else {
        mischief.crash(member);
      }
    }
    getsOn("a quorum has healed");
  }

  /** A write goes through, in time. */
  private void getsOn(String when) {
    long end = world.nowNanos() + PROGRESS_NANOS;
    boolean[] done = new boolean[1];
    while (!done[0] && world.nowNanos() < end) {
      world.sleep(50 * MILLI);
      members.stream()
          .filter(Member::leads)
          .map(Member::life)
          .forEach(life -> life.scheduler().start("client", () -> done[0] |= elements.add(life)));
    }
    assertThat(done[0]).as("a write was taken after %s; %s", when, members).isTrue();
  }

  /** Whoever asked has been told something, or is dead. */
  private void awaitAnswers() {
    long end = world.nowNanos() + ANSWER_NANOS;
    while (underWay > 0 && world.nowNanos() < end) {
      world.sleep(100 * MILLI);
    }
    assertThat(underWay).as("requests that are not answered").isZero();
  }

  private Member.Life awaitLeader(long withinNanos) {
    long end = world.nowNanos() + withinNanos;
    while (world.nowNanos() < end) {
      for (Member member : members) {
        if (member.leads()) {
          return member.life();
        }
      }
      world.sleep(10 * MILLI);
    }
    throw new AssertionError("nobody leads: " + members);
  }

  /** All replicas are equally far, and equal. */
  private void awaitEqual() {
    long end = world.nowNanos() + PROGRESS_NANOS;
    List<Member> group = group();
    while (world.nowNanos() < end && !equallyFar(group)) {
      world.sleep(100 * MILLI);
      group = group();
    }
    assertThat(equallyFar(group)).as("all are equally far: %s", group).isTrue();
    assertThat(
            group.stream().map(member -> WatchedMachine.digest(member.life().store())).distinct())
        .as("contents of replicas: %s", group)
        .hasSize(1);
  }

  /** Those that take part now. */
  private List<Member> group() {
    if (mix.spares() == 0) {
      return members;
    }
    Member.Life leader = awaitLeader(PROGRESS_NANOS);
    List<GroupStatus> status = new ArrayList<>();
    leader.scheduler().start("status", () -> status.add(leader.members().status())).join();
    GroupStatus now = status.get(0);
    return members.stream()
        .filter(member -> now.voters().contains(member.id) || now.learners().contains(member.id))
        .toList();
  }

  private static boolean equallyFar(List<Member> group) {
    return group.stream().allMatch(member -> member.life() != null)
        && group.stream().map(member -> member.life().store().applied()).distinct().count() == 1
        && group.stream().map(member -> member.life().group().committed()).distinct().count() == 1;
  }

  @Override
  public void close() {
    world.close();
  }
}
