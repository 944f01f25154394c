// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.transport.Envelope;
import io.distdb.api.transport.Transport;
import io.distdb.raft.core.Event;
import io.distdb.raft.core.Membership;
import io.distdb.raft.wire.SnapshotFrame;
import io.distdb.raft.wire.SnapshotFrameCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The snapshots that leave this node and those that come: one at a time for each group and peer.
 * Used by who has the host's turn.
 */
final class Snapshots {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  /** The pause doubles with each failure, so often. */
  private static final int FAILURES_MAX = 5;

  /** Of a group to a peer. */
  private record Way(ShardId group, NodeId to) {}

  private final RaftConsensus host;
  private final Transport transport;
  private final Scheduler scheduler;
  private final Clock clock;
  private final SnapshotLimits limits;
  private final int idleTicksMax;

  private final Optional<Disk> arriving;
  private final Map<Way, SnapshotTransfer> leaving = new HashMap<>();

  /** Who did not take a snapshot is left alone for a while. */
  private final Map<Way, Failed> failed = new HashMap<>();

  private final Map<ShardId, SnapshotArrival> coming = new HashMap<>();

  /** The last one that has come: its sender may not know yet. */
  private final Map<ShardId, SnapshotFrame.End> come = new HashMap<>();

  private long number;

  /** So many times in a row; before {@code againAt} there is no other attempt. */
  private record Failed(int times, long againAt) {}

  Snapshots(
      RaftConsensus host,
      Transport transport,
      Scheduler scheduler,
      Clock clock,
      RaftOptions options) {
    this.host = host;
    this.transport = transport;
    this.scheduler = scheduler;
    this.clock = clock;
    limits = options.snapshots();
    arriving = options.arriving();
    idleTicksMax = 100 * options.settings().electionTicks();
  }

  // --- leaving ---

  void send(HostedGroup group, NodeId to) {
    Way way = new Way(group.id(), to);
    if (leaving.containsKey(way)) {
      return;
    }
    Failed before = failed.get(way);
    if (before != null && clock.nanoTime() - before.againAt() < 0) {
      host.execute(() -> group.step(new Event.SnapshotSent(to, false)));
      return;
    }
    SnapshotFrame.Transfer transfer =
        new SnapshotFrame.Transfer(group.id(), group.core().term(), ++number);
    SnapshotTransfer leaves =
        new SnapshotTransfer(
            transfer,
            to,
            transport,
            clock,
            limits,
            scheduler.newWaiter(),
            new GivingWay(group.applier::appliedBytes, limits, clock));
    LOG.info("node {} lacks more of shard {} than the log has: a snapshot goes", to, group.id());
    leaving.put(way, leaves);
    long applied = group.applier.appliedBytes();
    scheduler.start("distdb-snapshot", () -> run(group, way, leaves, applied));
  }

  /** In the transfer's thread. */
  private void run(HostedGroup group, Way way, SnapshotTransfer leaves, long applied) {
    boolean arrived = false;
    try {
      arrived = leaves.run(group.machine::exportSnapshot, index -> membershipAt(group, index));
    } finally {
      boolean all = arrived;
      host.execute(() -> ended(group, way, all, applied));
    }
  }

  private Membership membershipAt(HostedGroup group, long index) {
    Pending asked = new Pending(0, null, host.newWaiter());
    boolean asks = host.execute(() -> asked.succeed(group.membershipAt(index)));
    return asks ? (Membership) asked.await() : null;
  }

  /**
   * @param applied what was applied when the snapshot was begun
   */
  private void ended(HostedGroup group, Way way, boolean arrived, long applied) {
    leaving.remove(way);
    if (arrived || !group.core().leads()) {
      failed.remove(way);
    } else {
      int times = Math.min(failed.getOrDefault(way, new Failed(0, 0)).times() + 1, FAILURES_MAX);
      failed.put(way, new Failed(times, clock.nanoTime() + (limits.retryNanos() << times - 1)));
    }
    group.step(new Event.SnapshotSent(way.to(), arrived));
    if (arrived && group.core().leads()) {
      group.compaction.follows(way.to(), applied);
    }
    group.compactWhatWaited();
  }

  /** Whether the log must wait for a snapshot that it is to follow. */
  boolean leaves(ShardId group) {
    return leaving.keySet().stream().anyMatch(way -> way.group().equals(group));
  }

  /** This node no longer leads the group. */
  void stop(ShardId group) {
    leaving.forEach((way, transfer) -> {
      if (way.group().equals(group)) {
        transfer.stop();
      }
    });
  }

  // --- coming ---

  void deliver(HostedGroup group, NodeId from, SnapshotFrame frame) {
    switch (frame) {
      case SnapshotFrame.Received received -> {
        SnapshotTransfer transfer = leaving.get(new Way(group.id(), from));
        if (transfer != null) {
          transfer.answered(received);
        }
      }
      case SnapshotFrame.Piece piece -> {
        SnapshotArrival arrival = arrival(group, from, piece.transfer(), piece.offset() == 0);
        if (arrival != null) {
          answer(group, from, piece, arrival, arrival.take(piece));
        }
      }
      case SnapshotFrame.End end -> {
        SnapshotArrival arrival = arrival(group, from, end.transfer(), end.length() == 0);
        if (arrival != null) {
          end(group, from, end, arrival);
        }
      }
    }
  }

  /** What the frame belongs to, begun if {@code first}; null: nothing that is wanted. */
  private SnapshotArrival arrival(
      HostedGroup group, NodeId from, SnapshotFrame.Transfer transfer, boolean first) {
    SnapshotFrame.End last = come.get(group.id());
    if (last != null && last.transfer().equals(transfer)) {
      reply(from, transfer, last.length() + 1, false);
      return null;
    }
    if (transfer.term() < group.core().term() || group.core().leads()) {
      return null;
    }
    SnapshotArrival arrival = coming.get(group.id());
    if (arrival != null && arrival.is(from, transfer)) {
      return arrival;
    }
    if (!first || arrival != null && !arrival.isBefore(transfer)) {
      return null;
    }
    if (arrival != null) {
      arrival.discard();
      coming.remove(group.id());
    }
    try {
      PieceStore store =
          arriving.isPresent()
              ? PieceFile.create(arriving.get(), group.id(), from)
              : new PieceStore.InMemory();
      long bytesMax = arriving.isPresent() ? Long.MAX_VALUE : limits.bytesMax();
      arrival = new SnapshotArrival(from, transfer, bytesMax, store);
    } catch (DistDbException noRoom) {
      LOG.error("the snapshot of shard {} cannot be kept: {}", group.id(), noRoom.getMessage());
      reply(from, transfer, 0, true);
      return null;
    }
    coming.put(group.id(), arrival);
    return arrival;
  }

  /** Goes on with what came in an earlier life of this node. */
  void goOn(ShardId group) {
    if (arriving.isEmpty()) {
      return;
    }
    try {
      arriving.get().createDirectories("");
      Optional<SnapshotArrival> arrival =
          PieceFile.find(arriving.get(), group)
              .flatMap(left -> Optional.ofNullable(SnapshotArrival.goOn(left, Long.MAX_VALUE)));
      if (arrival.isPresent()) {
        LOG.info("a snapshot of shard {} goes on at byte {}", group, arrival.get().received());
        coming.put(group, arrival.get());
      }
    } catch (DistDbException unreadable) {
      LOG.warn("what has come of shard {} comes again: {}", group, unreadable.getMessage());
    }
  }

  private void end(HostedGroup group, NodeId from, SnapshotFrame.End end, SnapshotArrival arrival) {
    SnapshotArrival.Step step = arrival.take(end);
    if (step == SnapshotArrival.Step.WHOLE) {
      coming.remove(group.id());
      boolean here = group.snapshotReceived(from, end, arrival.chunks());
      arrival.discard();
      if (here) {
        come.put(group.id(), end);
        LOG.info("shard {} has come from node {}, as of {}", group.id(), from, end.position());
      }
      reply(from, end.transfer(), here ? end.length() + 1 : end.length(), !here);
    } else {
      answer(group, from, end, arrival, step);
    }
  }

  private void answer(
      HostedGroup group,
      NodeId from,
      SnapshotFrame frame,
      SnapshotArrival arrival,
      SnapshotArrival.Step step) {
    boolean refused = step == SnapshotArrival.Step.REFUSED;
    if (refused) {
      coming.remove(group.id());
      arrival.discard();
      LOG.error(
          "the snapshot of shard {} from node {} is refused behind byte {}: it is damaged, or"
              + " exceeds {} bytes",
          group.id(),
          from,
          arrival.received(),
          limits.bytesMax());
    }
    reply(from, frame.transfer(), arrival.received(), refused);
  }

  private void reply(NodeId to, SnapshotFrame.Transfer transfer, long through, boolean refused) {
    SnapshotFrame answer = new SnapshotFrame.Received(transfer, through, refused);
    transport.send(to, Envelope.Lane.SNAPSHOT, SnapshotFrameCodec.encode(answer));
  }

  /** Lets what nobody goes on with go. */
  void tick() {
    coming
        .values()
        .removeIf(arrival -> {
          boolean idle = arrival.tick() > idleTicksMax;
          if (idle) {
            arrival.discard();
          }
          return idle;
        });
  }

  /** The host ends: so do all transfers. */
  void end() {
    leaving.values().forEach(SnapshotTransfer::stop);
    coming.values().forEach(SnapshotArrival::close);
    coming.clear();
  }
}
