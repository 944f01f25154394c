// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import io.distdb.testkit.SeededRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * One seed: a group with limits and a mix of faults of its own, {@link #EVENTS} events in which
 * nothing may go wrong, then a healed network in which the group must get on within bounded time.
 */
final class RandomSchedule {
  private static final int EVENTS = 3_000;
  private static final int REMEMBERED = 80;

  /** What can happen, and how often it does beside others, if it does in this seed. */
  enum Kind {
    TICK(32),
    DELIVER(640),
    COMPLETE(160),
    LOSE(16),
    DUPLICATE(12),
    CRASH(3),
    RESTART(8),
    CUT(3),
    MEND(3),
    PROPOSE(40),
    READ(20),
    CHANGE(12),
    TRANSFER(8),
    CHECKPOINT(8),
    COMPACT(8),
    UNREACHABLE(8);

    final int weight;

    Kind(int weight) {
      this.weight = weight;
    }
  }

  private record Link(NodeId from, NodeId to) {}

  private final long seed;
  final SeededRandom random;
  final CoreCluster cluster;
  final RaftSettings settings;
  private final TreeMap<Kind, Integer> weights = new TreeMap<>();
  private final Set<Link> cut = new HashSet<>();
  private final Set<NodeId> paused = new TreeSet<>();

  /** What paused nodes will get. */
  private final ArrayList<Parcel> waiting = new ArrayList<>();

  /** Messages that may come once more, at any later time. */
  private final ArrayList<Parcel> attic = new ArrayList<>();

  private final double inOrder;
  private final double torn;

  /** Messages beyond it get lost. */
  private final int networkMax;

  /** Whose writes take long, or null. */
  private final NodeId slow;

  /** How often all clocks go on together. */
  private final double alike;

  private final ArrayDeque<String> last = new ArrayDeque<>();
  long commands;
  long reads;

  RandomSchedule(long seed, Supplier<Strategy> strategies) {
    this.seed = seed;
    random = new SeededRandom(seed);
    settings = settings();
    List<NodeId> all = names(5);
    List<NodeId> begun = all.subList(0, random.pick(List.of(1, 2, 3, 3, 3, 4, 5)));
    Membership membership = Membership.of(begun, List.of());
    cluster = new CoreCluster(membership);
    for (NodeId id : all) {
      RaftCore.OnDisk content =
          begun.contains(id) ? RaftCore.OnDisk.begun(membership) : RaftCore.OnDisk.nothing();
      cluster.add(new CoreNode(id, settings, random.nextLong(), content, strategies));
    }
    for (Kind kind : Kind.values()) {
      boolean always = kind.weight >= 32 || kind == Kind.MEND || kind == Kind.RESTART;
      if (always || random.chance(0.6)) {
        List<Integer> quarters =
            kind == Kind.TICK || kind == Kind.DELIVER ? List.of(2, 4, 4, 8) : List.of(1, 4, 4, 16);
        weights.put(kind, Math.max(1, kind.weight * random.pick(quarters) / 4));
      }
    }
    inOrder = random.pick(List.of(0.0, 0.5, 0.9, 1.0));
    networkMax = random.pick(List.of(25, 60, 150));
    slow = random.chance(0.5) ? random.pick(all) : null;
    alike = random.pick(List.of(0.5, 0.9, 1.0));
    torn = random.pick(List.of(0.0, 0.5, 1.0));
  }

  private RaftSettings settings() {
    int election = 3 + random.below(6);
    return new RaftSettings(
        election,
        1 + random.below(2),
        random.pick(List.of(1, 60, 1 << 20)),
        random.pick(List.of(1, 2, 256)),
        random.pick(List.of(1L, 100L, 1L << 20)),
        random.pick(List.of(1L, 100L, 1L << 20)));
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
        happen(drawn());
      }
      new Healing(this).run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed %d: %s%n%s%n%s"
              .formatted(
                  seed,
                  e.getMessage(),
                  String.join("\n", last),
                  cluster.nodes.values().stream()
                      .map(CoreNode::toString)
                      .collect(Collectors.joining("\n"))),
          e);
    }
  }

  private Kind drawn() {
    int left = random.below(weights.values().stream().mapToInt(Integer::intValue).sum());
    for (var weight : weights.entrySet()) {
      left -= weight.getValue();
      if (left < 0) {
        return weight.getKey();
      }
    }
    throw new IllegalStateException();
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
      case CUT -> cut();
      case MEND -> {
        note("mend");
        mend();
      }
    }
  }

  /** One way of a link, all links of a node, or a node stands still for a while. */
  private void cut() {
    List<NodeId> leaders =
        cluster.up().stream().filter(CoreNode::leads).map(node -> node.id).toList();
    NodeId node = leaders.isEmpty() || random.chance(0.4) ? anyone() : random.pick(leaders);
    switch (random.below(3)) {
      case 0 -> cut.add(new Link(node, anyone()));
      case 1 -> {
        for (NodeId other : cluster.nodes.keySet()) {
          cut.add(new Link(node, other));
          cut.add(new Link(other, node));
        }
      }
      default -> paused.add(node);
    }
    note("cut " + cut + ", paused " + paused);
  }

  private void mend() {
    cut.clear();
    paused.clear();
    cluster.network.addAll(waiting);
    waiting.clear();
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
      tick(random.chance(alike) ? up : List.of(node));
      return;
    }
    boolean needsLeader = kind != Kind.READ;
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
      cluster.read(node.id, reads++);
      return;
    }
    Event event = event(kind, node);
    note(node.id + " " + event);
    cluster.step(node.id, event);
  }

  private void tick(List<CoreNode> up) {
    for (CoreNode node : up) {
      if (!paused.contains(node.id)) {
        note(node.id + " ticks");
        cluster.step(node.id, new Event.Tick());
      }
    }
  }

  private Event event(Kind kind, CoreNode node) {
    long term = random.chance(0.95) ? node.core.term() : node.core.term() - 1;
    return switch (kind) {
      case PROPOSE -> new Event.Propose(term, commands(1 + random.below(3)));
      case CHANGE -> change(term, node.core.membership());
      case TRANSFER -> new Event.TransferLeadership(anyone());
      case UNREACHABLE -> new Event.Unreachable(anyone());
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
    int at = random.chance(inOrder) ? 0 : random.below(cluster.network.size());
    Parcel parcel = cluster.network.get(at);
    if (kind == Kind.DUPLICATE) {
      if (parcel instanceof Parcel.Mail) {
        attic.add(parcel);
        cluster.network.add(random.pick(attic));
      }
      return;
    }
    cluster.network.remove(at);
    if (paused.contains(parcel.to()) && waiting.size() < networkMax) {
      waiting.add(parcel);
      return;
    }
    boolean lost =
        kind == Kind.LOSE
            || isCut(parcel)
            || paused.contains(parcel.to())
            || cluster.network.size() > networkMax;
    note((lost ? "lost " : "") + parcel);
    if (lost) {
      cluster.lose(parcel);
    } else {
      cluster.deliver(parcel);
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
        if (node.id.equals(slow) && random.chance(0.95)) {
          return;
        }
        int count = 1 + random.below(node.writes.size());
        note(node.id + " completes " + node.writes.stream().limit(count).toList());
        cluster.complete(node.id, count);
      }
      case CRASH -> {
        int parts = random.chance(torn) ? random.below(node.partsUnderWay() + 1) : 0;
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
   * Every node is up and every link works again, but for one way of one pair in some seeds: where
   * quorums are larger than a pair, that must stop nobody.
   *
   * @return whether all links work
   */
  boolean heal() {
    note("heal");
    mend();
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
      cut.add(new Link(anyone(), anyone()));
      note("still cut " + cut);
    }
    return cut.isEmpty();
  }

  boolean isCut(Parcel parcel) {
    return cut.contains(new Link(parcel.from(), parcel.to()));
  }
}
