// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import io.distdb.raft.core.FaultMix.Kind;
import io.distdb.testkit.SeededRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One seed: a group with limits and a mix of faults of its own, {@link #EVENTS} events in which
 * nothing may go wrong, then a healed network in which the group must get on within bounded time.
 */
final class RandomSchedule {
  private static final int EVENTS = 3_000;
  private static final int REMEMBERED = 80;

  private final long seed;
  final SeededRandom random;
  final FaultMix mix;
  final CoreCluster cluster;
  final FaultyNetwork network;
  private final DriftingClocks clocks;
  private final ArrayDeque<String> last = new ArrayDeque<>();

  /** Since something was cut. */
  private int ticks;

  long commands;
  long reads;

  RandomSchedule(long seed, Supplier<Strategy> strategies) {
    this(seed, strategies, false);
  }

  RandomSchedule(long seed, Supplier<Strategy> strategies, boolean leases) {
    this.seed = seed;
    random = new SeededRandom(seed);
    mix = new FaultMix(random, leases);
    List<NodeId> begun = names(mix.begun);
    Membership membership = Membership.of(begun, List.of());
    cluster = new CoreCluster(membership);
    network = new FaultyNetwork(cluster, mix, random);
    clocks = new DriftingClocks(new SeededRandom(seed));
    for (NodeId id : names(5)) {
      RaftCore.OnDisk content =
          begun.contains(id) ? RaftCore.OnDisk.begun(membership) : RaftCore.OnDisk.nothing();
      cluster.add(new CoreNode(id, mix.settings, random.nextLong(), content, strategies));
    }
  }

  static List<NodeId> names(int count) {
    ArrayList<NodeId> names = new ArrayList<>();
    for (int number = 1; number <= count; number++) {
      names.add(new NodeId("n" + number));
    }
    return List.copyOf(names);
  }

  /** Both phases; a failure says which events came last. */
  void run() {
    try {
      for (int event = 0; event < EVENTS; event++) {
        happen(mix.draw(random));
      }
      new Healing(this).run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed %d: %s%n%s%n%s%n%s"
              .formatted(
                  seed,
                  e.getMessage(),
                  mix,
                  String.join("\n", last),
                  cluster.nodes.values().stream()
                      .map(CoreNode::toString)
                      .collect(Collectors.joining("\n"))),
          e);
    }
  }

  void note(Object what) {
    if (last.size() == REMEMBERED) {
      last.remove();
    }
    last.add(what.toString());
  }

  private void happen(Kind kind) {
    switch (kind) {
      case TICK, READ, PROPOSE, CHANGE, TRANSFER, UNREACHABLE -> ask(kind);
      case REST -> cluster.up().forEach(node -> cluster.step(node.id, new Event.Rest()));
      case DELIVER, LOSE, DUPLICATE -> move(kind);
      case COMPLETE, CRASH, CHECKPOINT, COMPACT -> disk(kind);
      case RESTART -> {
        List<CoreNode> down = cluster.nodes.values().stream().filter(node -> !node.isUp()).toList();
        if (!down.isEmpty()) {
          CoreNode node = random.pick(down);
          note("restart " + node.id);
          cluster.restart(node.id);
        }
      }
      case CUT -> {
        if (!mix.duel || network.isWhole()) {
          cut();
        }
      }
      case MEND -> {
        if (!mix.duel || ticks > 2 * mix.settings.electionTicks()) {
          note("mend");
          network.mend();
        }
      }
    }
  }

  /** One way of a link, all links of a node, or a node stands still for a while. */
  private void cut() {
    NodeId node = leaderOrAnyone();
    ticks = 0;
    switch (random.below(3)) {
      case 0 -> network.cut(node, anyone());
      case 1 -> network.isolate(node);
      default -> network.pause(node);
    }
    note(network);
  }

  private NodeId leaderOrAnyone() {
    List<NodeId> leaders =
        cluster.up().stream().filter(CoreNode::leads).map(node -> node.id).toList();
    return leaders.isEmpty() || random.chance(mix.leases ? 0.1 : 0.4)
        ? anyone()
        : random.pick(leaders);
  }

  private NodeId anyone() {
    return random.pick(List.copyOf(cluster.nodes.keySet()));
  }

  private void ask(Kind kind) {
    List<CoreNode> up = cluster.up();
    if (up.isEmpty()) {
      return;
    }
    CoreNode node = random.pick(up);
    if (kind == Kind.TICK) {
      tick(random.chance(mix.alike) ? up : List.of(node));
      return;
    }
    boolean needsLeader = kind != Kind.READ && kind != Kind.UNREACHABLE;
    List<CoreNode> leaders = up.stream().filter(CoreNode::leads).toList();
    if (needsLeader && !leaders.isEmpty() && random.chance(0.9)) {
      node = random.pick(leaders);
    }
    if (kind == Kind.READ) {
      if (!leaders.isEmpty()) {
        // Of two, the one that is a leader no more: it must not know too little.
        Comparator<CoreNode> byTerm = Comparator.comparingLong(leader -> leader.core.term());
        node = leaders.stream().min(byTerm).orElseThrow();
      }
      note("read " + reads + " at " + node.id);
      read(node.id);
      return;
    }
    Event event = event(kind, node);
    note(node.id + " " + event);
    cluster.step(node.id, event);
  }

  private void tick(List<CoreNode> up) {
    ticks++;
    clocks.goOn(1 + random.below(2 * DriftingClocks.TICK));
    for (CoreNode node : mix.leases ? cluster.up() : up) {
      if (!network.isPaused(node.id) && (!mix.leases || clocks.isDue(node))) {
        note(node.id + " ticks");
        tick(node);
      }
    }
  }

  private void tick(CoreNode node) {
    clocks.ticked(node);
    if (node.core.sleeps() && missesSomebody(node)) {
      cluster.step(node.id, new Event.Wake(mix.settings.electionTicks()));
    }
    cluster.step(node.id, new Event.Tick(clocks.now(node.id)));
  }

  /** As the host of a sleeping group would notice, sooner or later. */
  private boolean missesSomebody(CoreNode node) {
    List<NodeId> needed =
        node.leads() ? node.core.membership().everyone() : node.core.leader().stream().toList();
    return needed.stream()
        .filter(other -> !other.equals(node.id))
        .anyMatch(other -> !cluster.node(other).isUp() || !network.connects(other, node.id));
  }

  /** All that are up, when everything has healed. */
  void tickAll() {
    clocks.goOn(2 * DriftingClocks.TICK);
    cluster.up().forEach(this::tick);
  }

  void read(NodeId node) {
    cluster.read(node, reads++, clocks.now(node));
  }

  private Event event(Kind kind, CoreNode node) {
    long term = random.chance(0.95) ? node.core.term() : node.core.term() - 1;
    return switch (kind) {
      case PROPOSE -> new Event.Propose(term, commands(1 + random.below(3)));
      case CHANGE -> change(term, node.core.membership());
      case TRANSFER -> new Event.TransferLeadership(anyone());
      case UNREACHABLE -> new Event.Unreachable(leaderOrAnyone());
      default -> throw new IllegalArgumentException(kind.name());
    };
  }

  List<Entry.Data> commands(int count) {
    ArrayList<Entry.Data> data = new ArrayList<>();
    for (int done = 0; done < count; done++) {
      data.add(Command.data(commands++));
    }
    return data;
  }

  /** Each node stays what it is, more often than not, or becomes something else. */
  private Event change(long term, Membership now) {
    ArrayList<NodeId> voters = new ArrayList<>(now.voters());
    ArrayList<NodeId> learners = new ArrayList<>(now.learners());
    if (random.chance(0.4)) {
      voters.addAll(learners);
      learners.clear();
    }
    for (int times = 1 + random.below(3); times > 0; times--) {
      NodeId node = anyone();
      boolean learned = learners.remove(node);
      boolean voted = voters.remove(node);
      if (learned && random.chance(0.8)) {
        voters.add(node);
      } else if (!voted || random.chance(0.3)) {
        learners.add(node);
      }
    }
    return new Event.ChangeMembership(term, voters, learners);
  }

  private void move(Kind kind) {
    if (cluster.network.isEmpty()) {
      return;
    }
    if (kind == Kind.DUPLICATE) {
      network.repeat();
    } else {
      note(network.move(kind == Kind.LOSE));
    }
  }

  private void disk(Kind kind) {
    List<CoreNode> up =
        cluster.up().stream()
            .filter(node -> kind != Kind.COMPLETE || !node.writes.isEmpty())
            .toList();
    if (up.isEmpty()) {
      return;
    }
    CoreNode node = random.pick(up);
    switch (kind) {
      case COMPLETE -> {
        if (cluster.nodes.headMap(node.id).size() == mix.slow && random.chance(0.95)) {
          return;
        }
        int count = 1 + random.below(node.writes.size());
        note(node.id + " completes " + node.writes.stream().limit(count).toList());
        cluster.complete(node.id, count);
      }
      case CRASH -> {
        int parts = random.chance(mix.torn) ? random.below(node.partsUnderWay() + 1) : 0;
        note(node.id + " crashes, keeps " + parts);
        cluster.crash(node.id, parts);
      }
      case CHECKPOINT -> cluster.checkpoint(node.id, applied(node));
      default -> {
        long index = applied(node);
        if (index > node.core.base().index()) {
          note(node.id + " compacts " + index);
          cluster.compact(node.id, index);
        }
      }
    }
  }

  private long applied(CoreNode node) {
    return random.between(node.disk.machine, node.machine + 1);
  }

  /**
   * Every node is up and every link works again; but in some seeds one way of one pair does not, or
   * one node hears nobody, or nobody hears it: where quorums are larger than a pair, that must stop
   * nobody else.
   *
   * @return whether all links work
   */
  boolean heal() {
    note("heal");
    network.heal();
    for (CoreNode node : List.copyOf(cluster.nodes.values())) {
      if (!node.isUp()) {
        cluster.restart(node.id);
      }
    }
    boolean pairs =
        cluster.up().stream()
            .map(node -> node.core.membership())
            .filter(members -> !members.voters().isEmpty())
            .anyMatch(members -> members.isJoint() || members.voters().size() < 3);
    if (!pairs && random.chance(0.5)) {
      NodeId node = leaderOrAnyone();
      switch (random.below(3)) {
        case 0 -> network.cut(node, anyone());
        case 1 -> cluster.nodes.keySet().forEach(other -> network.cut(node, other));
        default -> cluster.nodes.keySet().forEach(other -> network.cut(other, node));
      }
      note("still " + network);
    }
    return network.isWhole();
  }
}
