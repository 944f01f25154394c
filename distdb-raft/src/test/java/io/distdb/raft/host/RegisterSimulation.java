// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.raft.core.Membership;
import io.distdb.raft.core.RaftSettings;
import io.distdb.storage.memory.journal.JournalOptions;
import io.distdb.storage.memory.journal.SegmentedJournal;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.checker.LinearizabilityChecker;
import io.distdb.testkit.checker.Operation;
import io.distdb.testkit.checker.RegisterModel;
import io.distdb.testkit.checker.RegisterModel.Answer;
import io.distdb.testkit.checker.RegisterModel.Request;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.DiskFaults;
import io.distdb.testkit.disk.DiskOperation;
import io.distdb.testkit.disk.SimulatedDisk;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import io.distdb.testkit.transport.NetworkFaults;
import io.distdb.testkit.transport.SimulatedNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** One seed of {@link ReplicatedRegisterTest}. */
final class RegisterSimulation implements AutoCloseable {
  private static final List<NodeId> NODES =
      List.of(new NodeId("a"), new NodeId("b"), new NodeId("c"));
  private static final long MILLI = 1_000_000;
  private static final int FAULTS = 12;
  private static final int DRIFT_PER_MILLE = 10;

  /** Pieces and windows so small that every snapshot has several. */
  private static final SnapshotLimits SNAPSHOTS =
      new SnapshotLimits(10, 40, 1 << 20, 50 * MILLI, 10, 1 << 20);

  private static final int ATTEMPTS = 600;

  private final SimulatedWorld world;
  private final SimulatedNetwork network;
  private final SeededRandom random;
  private final Map<NodeId, Life> lives = new TreeMap<>();
  private final Map<NodeId, RegistersMachine.Saved> saved = new TreeMap<>();
  private final Map<NodeId, PromisingJournal.Promises> promises = new TreeMap<>();
  private final RaftSettings settings;
  private final boolean leases;

  /** Snapshots that come are kept on the disk. */
  private final boolean spills;

  private final HostBug bug;

  /** Of each register; null: certainly did not happen. */
  private final List<List<Operation<Request, Answer>>> histories = new ArrayList<>();

  private final List<CalledBackRead> calledBack = new ArrayList<>();
  private long nextValue = 1;
  private long nextProcess = 1;
  private int refusedForRoom;
  private int failedForces;

  /** What a node is between two crashes. */
  record Life(ConsensusGroup group, RegistersMachine machine, int number) {}

  RegisterSimulation(long seed) {
    this(seed, HostBug.NONE);
  }

  RegisterSimulation(long seed, HostBug bug) {
    this.bug = bug;
    world = new SimulatedWorld(seed);
    random = world.random("register");
    network = new SimulatedNetwork(world, NetworkFaults.of(world.random("network")));
    // Elections that are close together contend.
    leases = random.chance(0.3);
    spills = random.chance(0.7);
    settings = random.pick(List.of(RaftSettings.DEFAULT, new RaftSettings(3, 1, 1, 4, 200, 2_000)));
    NODES.forEach(id -> saved.put(id, new RegistersMachine.Saved()));
    NODES.forEach(id -> promises.put(id, new PromisingJournal.Promises()));
    for (int register = 0; register < RegistersMachine.REGISTERS; register++) {
      histories.add(new ArrayList<>());
    }
  }

  long traceHash() {
    return world.traceHash();
  }

  /** How many snapshots were installed. */
  int installed() {
    return saved.values().stream().mapToInt(RegistersMachine.Saved::installed).sum();
  }

  /** How many operations were answered. */
  int run() {
    world.run(() -> {
      NODES.forEach(this::start);
      for (int i = 0; i < FAULTS; i++) {
        for (int n = 0; n < 30; n++) {
          world.sleep(random.between(0, 20 * MILLI));
          ask();
        }
        compact();
        disturb();
      }
      settle();
    });
    for (List<Operation<Request, Answer>> history : histories) {
      new LinearizabilityChecker<>(new RegisterModel())
          .check(history.stream().filter(Objects::nonNull).toList())
          .assertSound();
    }
    return (int) answered();
  }

  private long answered() {
    return histories.stream()
        .flatMap(List::stream)
        .filter(each -> each != null && each.output().isPresent())
        .count();
  }

  // --- nodes ---

  private SimulatedNode node(NodeId id) {
    return world.node(id.value());
  }

  private void start(NodeId id) {
    SimulatedNode node = node(id);
    node.scheduler().start("start", () -> lives.put(id, begin(id, node)));
  }

  private Life begin(NodeId id, SimulatedNode node) {
    Journal segments =
        new SegmentedJournal(
            node.disk(),
            node.scheduler(),
            node.clock(),
            JournalOptions.DEFAULT
                .withSegmentBytes(1 << 10)
                .withReserveBytes(0)
                .withIdleMarkNanos(Long.MAX_VALUE));
    RaftConsensus consensus =
        new RaftConsensus(
            id,
            new PromisingJournal(bug.around(segments), promises.get(id)),
            network.join(node),
            node.scheduler(),
            node.clock(),
            leases ? options(id).withLeases(DRIFT_PER_MILLE) : options(id));
    RegistersMachine machine = new RegistersMachine(saved.get(id));
    ConsensusGroup group = consensus.open(ShardId.SYSTEM, bug.around(machine));
    consensus.start(Journal.Progress.SILENT);
    return new Life(group, machine, node.lives());
  }

  private RaftOptions options(NodeId id) {
    RaftOptions options =
        new RaftOptions(
            Membership.of(NODES, List.of()), settings, 10 * MILLI, NODES.indexOf(id), SNAPSHOTS);
    return spills ? options.withArriving(node(id).disk().directory("arriving")) : options;
  }

  private void disturb() {
    NodeId victim = random.pick(NODES);
    List<NodeId> others = NODES.stream().filter(each -> !each.equals(victim)).toList();
    switch (random.below(8)) {
      case 0 -> crash(victim);
      case 1 -> network.partition(List.of(victim), others);
      case 2 -> network.block(victim, random.pick(others));
      case 3 -> node(victim).pause(random.between(50 * MILLI, 900 * MILLI));
      case 4 -> node(victim).disk().faults().capacityBytes(1);
      case 5 -> crashVoter();
      case 6 -> failForce(victim);
      default -> heal();
    }
  }

  /** The leader goes, and then who has just voted, if only for itself; that one is back at once. */
  private void crashVoter() {
    List<NodeId> leaders =
        NODES.stream().filter(id -> isUp(id) && lives.get(id).group().leadingTerm() > 0).toList();
    if (leaders.isEmpty()) {
      return;
    }
    NodeId leader = random.pick(leaders);
    node(leader).crash(random.pick(List.of(CrashMode.values())));
    Map<NodeId, Integer> before = votes();
    NodeId voter = null;
    for (int i = 0; i < 400 && voter == null; i++) {
      world.sleep(MILLI);
      Map<NodeId, Integer> now = votes();
      List<NodeId> voters =
          NODES.stream().filter(id -> isUp(id) && now.get(id) > before.get(id)).toList();
      voter = voters.isEmpty() ? null : random.pick(voters);
    }
    if (voter != null) {
      node(voter).crash(random.pick(List.of(CrashMode.values())));
      node(voter).disk().faults().heal();
      start(voter);
    }
    world.sleep(random.between(0, 200 * MILLI));
    node(leader).disk().faults().heal();
    start(leader);
  }

  private Map<NodeId, Integer> votes() {
    Map<NodeId, Integer> votes = new TreeMap<>();
    promises.forEach((id, given) -> votes.put(id, given.votes()));
    return votes;
  }

  private void heal() {
    network.heal();
    NODES.forEach(id -> node(id).disk().faults().heal());
  }

  /** Some node saves its state and lets the log go: who lags behind it needs a snapshot. */
  private void compact() {
    NodeId id = random.pick(NODES);
    if (isUp(id)) {
      Life life = lives.get(id);
      node(id).scheduler().start("checkpoint", () -> compact(life));
    }
  }

  private static void compact(Life life) {
    try {
      life.group().compact(life.machine().checkpoint());
    } catch (DistDbException refusal) {
      assertThat(refusal.code()).isIn(ErrorCode.DISK_FULL, ErrorCode.IO_ERROR);
    }
  }

  /** How often a change was refused for want of room. */
  int refusedForRoom() {
    return refusedForRoom;
  }

  private boolean isUp(NodeId id) {
    Life life = lives.get(id);
    return life != null && life.number() == node(id).lives() && node(id).isAlive();
  }

  /** Now, or in the middle of one of the next changes of its disk. */
  private void crash(NodeId victim) {
    if (random.chance(0.7)) {
      node(victim).disk().crashAt(node(victim).disk().boundaries() + random.below(6));
      for (int i = 0; i < 50 && node(victim).isAlive(); i++) {
        world.sleep(random.between(0, 5 * MILLI));
        ask();
      }
    }
    node(victim).crash(random.pick(List.of(CrashMode.values())));
    world.sleep(random.between(0, random.pick(List.of(1L, 20L, 400L)) * MILLI));
    // A journal that has no room to be opened is not what this is about.
    node(victim).disk().faults().heal();
    start(victim);
  }

  /** One of the next forces fails: the node takes no part until it comes back. */
  private void failForce(NodeId victim) {
    if (!isUp(victim)) {
      return;
    }
    SimulatedDisk disk = node(victim).disk();
    long next = disk.calls(DiskOperation.FORCE) + random.below(4);
    disk.faults().failCall(DiskOperation.FORCE, next, DiskFaults.Failure.IO_ERROR);
    for (int i = 0; i < 20; i++) {
      world.sleep(random.between(0, 10 * MILLI));
      ask();
    }
    failedForces += disk.calls(DiskOperation.FORCE) > next ? 1 : 0;
    node(victim).crash(random.pick(List.of(CrashMode.values())));
    node(victim).disk().faults().heal();
    start(victim);
  }

  /** How many forces have failed. */
  int failedForces() {
    return failedForces;
  }

  // --- clients ---

  /** A client asks some node, in a process of that node, and does not wait for the answer here. */
  private void ask() {
    NodeId id = random.pick(NODES);
    if (!isUp(id)) {
      return;
    }
    Life life = lives.get(id);
    Request request =
        switch (random.below(3)) {
          case 0 -> new Request.Read();
          case 1 -> new Request.Write(nextValue++);
          default -> new Request.CompareAndSet(random.below(nextValue), nextValue++);
        };
    int register = random.below(RegistersMachine.REGISTERS);
    node(id).scheduler().start("client", () -> ask(life, register, request));
  }

  private void ask(Life life, int register, Request request) {
    List<Operation<Request, Answer>> history = histories.get(register);
    int place = history.size();
    Operation<Request, Answer> asked =
        Operation.unanswered(nextProcess++, request, world.nowNanos());
    history.add(asked);
    if (request instanceof Request.Read && asked.process() % 2 == 0) {
      calledBack.add(new CalledBackRead(life, register, history, world::nowNanos));
      calledBack.getLast().ask();
      return;
    }
    try {
      Answer answer = answer(life, register, request);
      history.set(
          place,
          Operation.answered(
              asked.process(), request, answer, asked.invokedAt(), world.nowNanos()));
    } catch (DistDbException refusal) {
      refusedForRoom += refusal.code() == ErrorCode.DISK_FULL ? 1 : 0;
      if (refusal.code() != ErrorCode.COMMIT_OUTCOME_UNKNOWN) {
        history.set(place, null);
      }
    }
  }

  private static Answer answer(Life life, int register, Request request) {
    long term = life.group().leadingTerm();
    return switch (request) {
      case Request.Read read -> {
        life.group().confirmRead(term);
        yield new Answer.Value(life.machine().value(register));
      }
      case Request.Write write ->
          (Answer)
              life.group()
                  .propose(
                      term, new RegistersMachine.Change(register, Optional.empty(), write.value()));
      case Request.CompareAndSet change ->
          (Answer)
              life.group()
                  .propose(
                      term,
                      new RegistersMachine.Change(
                          register, Optional.of(change.expected()), change.value()));
    };
  }

  // --- the end ---

  /** Everything heals: soon a write goes through, and all nodes hold the same. */
  private void settle() {
    heal();
    network.faults(NetworkFaults.NONE);
    long answered = answered();
    for (int i = 0; i < ATTEMPTS; i++) {
      world.sleep(20 * MILLI);
      ask();
      if (i > ATTEMPTS / 2 && agree()) {
        break;
      }
    }
    assertThat(answered())
        .as("nothing is answered after everything has healed")
        .isGreaterThan(answered + 10);
    world.sleep(2_000 * MILLI);
    assertThat(agree()).as("the nodes do not agree: " + values()).isTrue();
    assertThat(calledBack)
        .as("each read has an answer")
        .allMatch(read -> read.isTold() || !lives.containsValue(read.life()));
  }

  private boolean agree() {
    return values().stream().distinct().count() == 1;
  }

  private List<String> values() {
    return lives.values().stream().map(life -> life.machine().toString()).toList();
  }

  @Override
  public void close() {
    world.close();
  }
}
