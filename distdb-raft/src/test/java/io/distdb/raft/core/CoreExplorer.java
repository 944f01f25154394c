// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Breadth-first search over everything that can happen to three nodes within bounds. Time is a
 * choice: whoever does not lead may stand at any time, as if a pre-vote had been granted. A message
 * that is never delivered was lost. Nodes are alike, so the first to stand is the first node.
 */
final class CoreExplorer {
  /** What can happen a bounded number of times. */
  enum Choice {
    /** What was not written is lost. */
    CRASH,
    /** A write is not done before the next event. */
    DELAY,
    /** A message is delivered, and stays. */
    DUPLICATE,
    READ,
    /** The third voter becomes a learner. */
    CHANGE,
    /** The log goes through what is applied, so that snapshots are sent. */
    COMPACT
  }

  /**
   * What is explored.
   *
   * @param led it begins when the first node leads and everybody knows; else with nothing
   * @param choices how often each is made, by all nodes together; 0 when it is not named
   */
  record Bounds(boolean led, int terms, int entries, Map<Choice, Integer> choices) {
    Bounds {
      choices = Map.copyOf(choices);
    }
  }

  private record Path(Path before, String what) {
    @Override
    public String toString() {
      return (before == null ? "" : before + "\n") + what;
    }
  }

  private record State(CoreCluster cluster, EnumMap<Choice, Integer> left, Path path, int depth) {}

  private static final List<NodeId> NODES = RandomSchedule.names(3);
  private static final RaftSettings SETTINGS =
      new RaftSettings(3, 1, 1 << 20, 256, 1 << 20, 1 << 20);

  private final Bounds bounds;
  private final HashSet<Long> visited = new HashSet<>();
  private final ArrayDeque<State> frontier = new ArrayDeque<>();
  private final Supplier<Strategy> strategies;
  long transitions;
  int depth;

  CoreExplorer(Bounds bounds, Supplier<Strategy> strategies) {
    this.bounds = bounds;
    this.strategies = strategies;
    Membership begun = Membership.of(NODES, List.of());
    CoreCluster cluster = new CoreCluster(begun);
    for (NodeId id : NODES) {
      cluster.add(new CoreNode(id, SETTINGS, 1, RaftCore.OnDisk.begun(begun), strategies));
    }
    if (bounds.led) {
      stand(cluster, NODES.getFirst());
      settle(cluster);
    }
    EnumMap<Choice, Integer> left = new EnumMap<>(Choice.class);
    for (Choice choice : Choice.values()) {
      left.put(choice, bounds.choices.getOrDefault(choice, 0));
    }
    visit(new State(cluster, left, null, 0));
  }

  private static void settle(CoreCluster cluster) {
    do {
      NODES.forEach(id -> write(cluster, id));
      if (!cluster.network.isEmpty()) {
        cluster.deliver(cluster.network.removeFirst());
      }
    } while (!cluster.network.isEmpty()
        || cluster.nodes.values().stream().anyMatch(node -> !node.writes.isEmpty()));
  }

  private static void write(CoreCluster cluster, NodeId id) {
    CoreNode node = cluster.node(id);
    while (!node.writes.isEmpty()) {
      cluster.complete(id, node.writes.size());
    }
  }

  int states() {
    return visited.size();
  }

  /**
   * @return whether all states within the bounds were seen
   */
  boolean run(int statesMax) {
    while (!frontier.isEmpty()) {
      if (visited.size() >= statesMax) {
        return false;
      }
      State state = frontier.remove();
      depth = state.depth;
      expand(state);
    }
    return true;
  }

  private void visit(State state) {
    forget(state.cluster);
    StringBuilder text = new StringBuilder(4096);
    state.cluster.nodes.values().forEach(node -> text.append(node.digest()));
    state.cluster.network.stream().map(Parcel::toString).sorted().forEach(text::append);
    text.append(state.cluster.invariants).append(state.left);
    if (visited.add(hash(text))) {
      frontier.add(state);
    }
  }

  /** Answers that nobody will look at any more, and second copies, make no difference. */
  private static void forget(CoreCluster cluster) {
    List<Parcel> once = List.copyOf(new LinkedHashSet<>(cluster.network));
    cluster.network.clear();
    for (Parcel parcel : once) {
      boolean answer =
          parcel instanceof Parcel.Mail mail
              && switch (mail.message()) {
                case Message.VoteReply reply -> true;
                case Message.Appended appended -> true;
                case Message.AppendRejected rejected -> true;
                case Message.HeartbeatReply reply -> true;
                case Message.PreVoteReply reply -> true;
                case Message.PreVoteRequest request -> false;
                case Message.VoteRequest request -> false;
                case Message.Append append -> false;
                case Message.Heartbeat heartbeat -> false;
                case Message.TimeoutNow now -> false;
                case Message.Committed committed -> false;
              }
              && mail.message().term() < cluster.node(parcel.to()).disk.term;
      if (!answer) {
        cluster.network.add(parcel);
      }
    }
  }

  /** FNV-1a of 64 bits, finished by SplitMix64. */
  private static long hash(StringBuilder text) {
    long hash = 0xCBF29CE484222325L;
    for (int at = 0; at < text.length(); at++) {
      hash = (hash ^ text.charAt(at)) * 0x100000001B3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    return hash ^ (hash >>> 31);
  }

  /** One event, with its writes done and, while delays are left, with them still to do. */
  private void go(
      State from, Choice spent, NodeId changing, String what, Consumer<CoreCluster> event) {
    EnumMap<Choice, Integer> left = new EnumMap<>(from.left);
    if (spent != null && left.merge(spent, -1, Integer::sum) < 0) {
      return;
    }
    CoreCluster done = apply(from, changing, what, event.andThen(all -> write(all, changing)));
    visit(new State(done, left, new Path(from.path, what), from.depth + 1));
    if (left.get(Choice.DELAY) > 0) {
      CoreCluster delayed = apply(from, changing, what, event);
      if (!delayed.node(changing).writes.isEmpty()) {
        EnumMap<Choice, Integer> less = new EnumMap<>(left);
        less.merge(Choice.DELAY, -1, Integer::sum);
        Path path = new Path(from.path, what + ", not written");
        visit(new State(delayed, less, path, from.depth + 1));
      }
    }
  }

  private CoreCluster apply(State from, NodeId changing, String what, Consumer<CoreCluster> event) {
    CoreCluster cluster = from.cluster.copy(changing);
    transitions++;
    try {
      event.accept(cluster);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(e.getMessage() + "\n" + new Path(from.path, what), e);
    }
    return cluster;
  }

  private void expand(State state) {
    for (CoreNode node : state.cluster.nodes.values()) {
      own(state, node);
      if (node.leads()) {
        lead(state, node);
      }
    }
    deliveries(state);
  }

  private void own(State state, CoreNode node) {
    NodeId id = node.id;
    boolean first = id.equals(NODES.getFirst()) || node.core.term() > 0;
    if (!node.leads() && first && node.core.term() < bounds.terms) {
      go(state, null, id, id + " stands", cluster -> stand(cluster, id));
    }
    if (!node.writes.isEmpty()) {
      go(state, null, id, id + " writes", cluster -> cluster.complete(id, 1));
    }
    if (node.core.term() > 0) {
      go(state, Choice.CRASH, id, id + " crashes", cluster -> crash(cluster, id));
    }
    if (node.machine > node.core.base().index()) {
      go(state, Choice.COMPACT, id, id + " compacts", all -> all.compact(id, node.machine));
    }
  }

  private static void crash(CoreCluster cluster, NodeId id) {
    cluster.crash(id, 0);
    cluster.restart(id);
  }

  /** As a follower because it is told to, else by its clock and granted pre-votes. */
  private static void stand(CoreCluster cluster, NodeId id) {
    RaftCore core = cluster.node(id).core;
    if (core.state.role == RaftState.Role.FOLLOWER) {
      cluster.step(id, new Event.Received(other(id), new Message.TimeoutNow(core.term())));
      return;
    }
    while (core.state.role != RaftState.Role.PRE_CANDIDATE) {
      cluster.step(id, new Event.Tick(0));
    }
    cluster.network.removeIf(parcel ->
        parcel instanceof Parcel.Mail mail && mail.message() instanceof Message.PreVoteRequest);
    for (NodeId node : NODES) {
      if (!node.equals(id) && core.state.role == RaftState.Role.PRE_CANDIDATE) {
        Message granted = new Message.PreVoteReply(core.term() + 1, true);
        cluster.step(id, new Event.Received(node, granted));
      }
    }
  }

  private static NodeId other(NodeId id) {
    return NODES.get(id.equals(NODES.getFirst()) ? 1 : 0);
  }

  private void lead(State state, CoreNode node) {
    NodeId id = node.id;
    RaftCore core = node.core;
    long read = state.left.get(Choice.READ);
    go(state, Choice.READ, id, id + " reads", cluster -> cluster.read(id, read));
    if (core.last().index() >= bounds.entries) {
      return;
    }
    Event propose = new Event.Propose(core.term(), List.of(Command.data(core.term())));
    go(state, null, id, id + " proposes", cluster -> cluster.step(id, propose));
    Event change =
        new Event.ChangeMembership(core.term(), NODES.subList(0, 2), NODES.subList(2, 3));
    go(state, Choice.CHANGE, id, id + " changes", cluster -> cluster.step(id, change));
  }

  private void deliveries(State state) {
    for (Parcel parcel : new LinkedHashSet<>(state.cluster.network)) {
      NodeId to = parcel.to();
      Consumer<CoreCluster> deliver = cluster -> cluster.deliver(parcel);
      go(
          state,
          null,
          to,
          parcel.toString(),
          cluster -> {
            cluster.network.remove(parcel);
            cluster.deliver(parcel);
          });
      if (parcel instanceof Parcel.Mail) {
        go(state, Choice.DUPLICATE, to, "again " + parcel, deliver);
      }
    }
  }
}
