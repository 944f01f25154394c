// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.GroupStatus;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.api.error.DistDbException;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Scheduler;
import io.distdb.api.transport.Envelope;
import io.distdb.api.transport.Transport;
import io.distdb.raft.core.Membership;
import io.distdb.raft.core.Message;
import io.distdb.raft.core.RaftSettings;
import io.distdb.raft.wire.SnapshotFrame;
import io.distdb.raft.wire.SnapshotFrameCodec;
import io.distdb.storage.memory.journal.JournalOptions;
import io.distdb.storage.memory.journal.SegmentedJournal;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import io.distdb.testkit.transport.NetworkFaults;
import io.distdb.testkit.transport.SimulatedNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Hosts with one group of registers on simulated nodes that do what a test says, and no more. */
final class HostedCluster implements AutoCloseable {
  static final long MILLI = 1_000_000;
  private static final int LOOKS = 2_000;

  final SimulatedWorld world;
  final SimulatedNetwork network;

  /** How many messages of each kind were sent, by all. */
  final Map<Class<?>, Integer> traffic = new HashMap<>();

  private final SnapshotLimits snapshots;

  /** The pieces of snapshots that were sent, in order. */
  final List<SnapshotFrame.Piece> pieces = new ArrayList<>();

  /** Looks at every message of the consensus lane before it goes: who says what. */
  BiConsumer<NodeId, Message> beforeSending = (from, message) -> {};

  private final Map<NodeId, PromisingJournal.Promises> promises = new TreeMap<>();
  private final Map<NodeId, Life> lives = new TreeMap<>();
  private final Map<NodeId, List<RegistersMachine.Saved>> saved = new TreeMap<>();
  private final int groups;

  /** What a node is between two crashes. */
  record Life(ReplicatedGroup group, RegistersMachine machine, List<Life> others) {}

  HostedCluster(long seed) {
    this(seed, SnapshotLimits.DEFAULT);
  }

  HostedCluster(long seed, SnapshotLimits snapshots) {
    this(seed, snapshots, 1);
  }

  /**
   * @param groups of each node, over one journal
   */
  HostedCluster(long seed, SnapshotLimits snapshots, int groups) {
    this.groups = groups;
    this.snapshots = snapshots;
    world = new SimulatedWorld(seed);
    network = new SimulatedNetwork(world, NetworkFaults.NONE);
  }

  static NodeId id(String name) {
    return new NodeId(name);
  }

  static List<NodeId> ids(String... names) {
    return List.of(names).stream().map(NodeId::new).toList();
  }

  private SimulatedNode node(NodeId id) {
    return world.node(id.value());
  }

  /**
   * @param founders nobody: the node waits to be added, unless it is on its disk
   */
  void start(NodeId id, List<NodeId> founders) {
    on(
        id,
        () -> {
          lives.put(id, begin(id, Membership.of(founders, List.of())));
          return null;
        });
  }

  private Life begin(NodeId id, Membership founders) {
    SimulatedNode node = node(id);
    Journal journal =
        new SegmentedJournal(
            node.disk(),
            node.scheduler(),
            node.clock(),
            JournalOptions.DEFAULT
                .withSegmentBytes(4 << 10)
                .withReserveBytes(0)
                .withIdleMarkNanos(Long.MAX_VALUE));
    RaftConsensus consensus =
        new RaftConsensus(
            id,
            new PromisingJournal(journal, promises(id)),
            new Counted(network.join(node)),
            node.scheduler(),
            node.clock(),
            new RaftOptions(
                founders,
                RaftSettings.DEFAULT,
                10 * MILLI,
                id.value().hashCode(),
                snapshots,
                Optional.of(node.disk().directory("arriving"))));
    List<RegistersMachine.Saved> left =
        saved.computeIfAbsent(
            id, none -> Stream.generate(RegistersMachine.Saved::new).limit(groups).toList());
    List<Life> all = new ArrayList<>();
    for (int shard = 0; shard < groups; shard++) {
      RegistersMachine machine = new RegistersMachine(left.get(shard));
      all.add(new Life(consensus.open(new ShardId(shard), machine), machine, List.of()));
    }
    consensus.start(Journal.Progress.SILENT);
    return new Life(all.getFirst().group(), all.getFirst().machine(), all);
  }

  void fillDisk(NodeId id) {
    node(id).disk().faults().capacityBytes(1);
  }

  void freeDisk(NodeId id) {
    node(id).disk().faults().heal();
  }

  /** What the first group's machine of a node keeps over all its lives. */
  RegistersMachine.Saved saved(NodeId id) {
    return saved.get(id).getFirst();
  }

  /** Saves the state of the node's machine and lets its log go. */
  void compact(NodeId id) {
    Life life = life(id);
    run(id, () -> life.group().compact(life.machine().checkpoint()));
  }

  /** What the node's journal was made to keep. */
  PromisingJournal.Promises promises(NodeId id) {
    return promises.computeIfAbsent(id, none -> new PromisingJournal.Promises());
  }

  void crash(NodeId id) {
    lives.remove(id);
    node(id).crash(CrashMode.KEPT);
  }

  void pause(NodeId id, long nanos) {
    node(id).pause(nanos);
  }

  /** Both are told that a connection between them broke; no message is lost with it. */
  void breakConnection(NodeId one, NodeId other) {
    network.breakConnection(one, other);
  }

  Life life(NodeId id) {
    return lives.get(id);
  }

  ReplicatedGroup group(NodeId id) {
    return lives.get(id).group();
  }

  GroupStatus status(NodeId id) {
    return on(id, group(id)::status);
  }

  /** In a process of the node; what it is refused with comes back here. */
  <T> T on(NodeId id, Supplier<T> work) {
    List<T> result = new ArrayList<>();
    List<DistDbException> refusal = new ArrayList<>();
    node(id)
        .scheduler()
        .start(
            "client",
            () -> {
              try {
                result.add(work.get());
              } catch (DistDbException refused) {
                refusal.add(refused);
              }
            })
        .join();
    refusal.forEach(refused -> {
      throw refused;
    });
    return result.getFirst();
  }

  /** All at once, each in a process of the node of its own, until all have ended. */
  void together(NodeId id, List<Runnable> work) {
    List<Scheduler.Task> tasks =
        work.stream().map(each -> node(id).scheduler().start("client", each)).toList();
    tasks.forEach(Scheduler.Task::join);
  }

  void run(NodeId id, Runnable work) {
    on(
        id,
        () -> {
          work.run();
          return null;
        });
  }

  /** Writes to a register, where the node leads. */
  void write(NodeId id, int register, long value) {
    ReplicatedGroup group = group(id);
    run(
        id,
        () ->
            group.propose(
                group.leadingTerm(),
                new RegistersMachine.Change(register, Optional.empty(), value)));
  }

  void await(String what, BooleanSupplier condition) {
    for (int i = 0; i < LOOKS; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      world.sleep(10 * MILLI);
    }
    throw new AssertionError("it never came to pass that " + what);
  }

  /** Who leads and knows that it does. */
  NodeId leader() {
    await("somebody leads", () -> leading().isPresent());
    return leading().orElseThrow();
  }

  private Optional<NodeId> leading() {
    return lives.entrySet().stream()
        .filter(life -> life.getValue().group().leadingTerm() > 0)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  @Override
  public void close() {
    world.close();
  }

  /** Counts what goes through. */
  private final class Counted implements Transport {
    private final Transport carrier;

    Counted(Transport carrier) {
      this.carrier = carrier;
    }

    @Override
    public NodeId self() {
      return carrier.self();
    }

    @Override
    public void start(Consumer<Envelope> handler) {
      carrier.start(handler);
    }

    @Override
    public void whenLost(Consumer<NodeId> listener) {
      carrier.whenLost(listener);
    }

    @Override
    public void send(NodeId to, Envelope.Lane lane, Bytes payload) {
      traffic.merge(Envelope.class, 1, Integer::sum);
      traffic.merge(Envelope.Lane.class, lane == Envelope.Lane.HEARTBEAT ? 1 : 0, Integer::sum);
      if (lane == Envelope.Lane.CONSENSUS || lane == Envelope.Lane.HEARTBEAT) {
        for (Mailroom.Letter letter : Mailroom.open(payload)) {
          traffic.merge(letter.message().getClass(), 1, Integer::sum);
          traffic.merge(Message.class, 1, Integer::sum);
          beforeSending.accept(carrier.self(), letter.message());
        }
      }
      if (lane == Envelope.Lane.SNAPSHOT
          && SnapshotFrameCodec.decode(payload) instanceof SnapshotFrame.Piece piece) {
        pieces.add(piece);
      }
      carrier.send(to, lane, payload);
    }

    @Override
    public int payloadBytesMax() {
      return carrier.payloadBytesMax();
    }

    @Override
    public void close() {
      carrier.close();
    }
  }
}
