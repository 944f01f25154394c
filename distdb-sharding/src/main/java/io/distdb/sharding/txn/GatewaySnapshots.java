// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.ReadMode;
import io.distdb.sharding.lock.LockClient;
import io.distdb.sharding.remote.TimestampReply;
import io.distdb.sharding.replica.Leadership;
import io.distdb.sharding.replica.ShardReplica;
import java.util.concurrent.TimeUnit;

/** Snapshots on a node of several, and what makes them good: see {@link SnapshotBasis}. */
final class GatewaySnapshots {
  private static final long CALL_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How long a reader that is content with less waits for news. */
  private static final long REFRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final TransactionContext context;
  private final Gateway gateway;
  private final ClosedTime closed;

  GatewaySnapshots(TransactionContext context, Gateway gateway) {
    this.context = context;
    this.gateway = gateway;
    closed = new ClosedTime(context.clock);
  }

  /**
   * A snapshot of now for {@code reader}, which is pinned at it, or below it already.
   *
   * @throws DistDbException {@code CANNOT_CONNECT_NOW}: nobody leads, for long; or what {@link
   *     LockClient#checkWait} throws
   */
  SnapshotBasis snapshot(SnapshotTransaction reader, boolean pinnedBefore) {
    SnapshotBasis earlier =
        reader.options.readMode() == ReadMode.BOUNDED_STALENESS
            ? earlier(reader, pinnedBefore)
            : null;
    return earlier == null ? newest(reader, pinnedBefore) : earlier;
  }

  /** A complete snapshot that is at hand, or can be had in a moment; null: there is none. */
  private SnapshotBasis earlier(SnapshotTransaction reader, boolean pinnedBefore) {
    long at = Timestamp.NONE;
    if (replica().leadership() != null) {
      at = context.committing.settled(context.oracle.current());
    } else {
      if (closed.isStale()) {
        refresh(reader);
      }
      at = closed.timestamp();
    }
    if (at == Timestamp.NONE || replica().safePoint() > at) {
      return null;
    }
    // An open cursor's pin stays: it keeps this one too.
    boolean pins = !pinnedBefore || reader.pinned - 1 > at;
    if (pins && !context.open.pinPast(reader, at)) {
      return null;
    }
    gateway.leases().keep();
    return SnapshotBasis.complete(at);
  }

  private void refresh(SnapshotTransaction reader) {
    try {
      gateway
          .leader()
          .filter(gateway::isElsewhere)
          .ifPresent(leader -> completeSnapshot(leader, REFRESH_NANOS, REFRESH_NANOS, reader));
    } catch (DistDbException refused) {
      if (!Gateway.passes(refused)) {
        throw refused;
      }
      // It reads what it has, which is as old as it says.
      closed.notNow();
    }
  }

  private SnapshotBasis newest(SnapshotTransaction reader, boolean pinnedBefore) {
    return gateway.ask(
        reader,
        here -> {
          long at =
              pinnedBefore
                  ? context.timestamps.current()
                  : context.open.pinNewest(reader, context.timestamps);
          if (replica().leadership() != here) {
            throw gateway.notLeading();
          }
          return SnapshotBasis.under(here, at);
        },
        leader -> {
          long at = completeSnapshot(leader, reader);
          if (!pinnedBefore) {
            context.open.pinPast(reader, at);
            gateway.leases().keep();
          }
          return SnapshotBasis.complete(at);
        });
  }

  private long completeSnapshot(NodeId leader, LockClient reader) {
    return completeSnapshot(leader, CALL_NANOS, Gateway.LONGEST_NANOS, reader);
  }

  /**
   * @param lagNanos how long this node may take to have it
   */
  private long completeSnapshot(
      NodeId leader, long timeoutNanos, long lagNanos, LockClient reader) {
    long asked = context.clock.nanoTime();
    Bytes answer = gateway.call(leader, Services.SNAPSHOT, Bytes.EMPTY, timeoutNanos, reader);
    TimestampReply reply = TimestampReply.decode(answer);
    gateway.awaitApplied(reply.applied(), lagNanos, reader);
    closed.close(reply.timestamp(), asked);
    return reply.timestamp();
  }

  /** All there ever is at or below it is applied here. */
  long closed() {
    return closed.timestamp();
  }

  /** The oracle's clock, or no earlier than that. */
  long now() {
    return replica().leadership() == null ? closed.now() : context.oracle.now();
  }

  /**
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: {@code snapshot} is in the future
   */
  void checkPast(long snapshot) {
    if (snapshot <= closed.timestamp()) {
      return;
    }
    long now = freshSnapshot();
    if (snapshot > now) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          "the snapshot " + snapshot + " is in the future; now is " + now);
    }
  }

  /** A snapshot that sees everything that was acknowledged before the call. */
  long freshSnapshot() {
    LockClient asker = context.asker();
    return gateway.ask(
        asker,
        here -> {
          long now = context.oracle.current();
          gateway.confirm(here);
          return now;
        },
        leader -> completeSnapshot(leader, asker));
  }

  /** What a snapshot rests on that {@link #checkPast} let pass. */
  SnapshotBasis past(long snapshot) {
    Leadership here = replica().leadership();
    if (snapshot <= closed.timestamp()) {
      return SnapshotBasis.complete(snapshot);
    }
    if (here == null) {
      throw Gateway.lost();
    }
    return SnapshotBasis.under(here, snapshot);
  }

  /**
   * What was read at {@code basis} before this call is what there is to read.
   *
   * @throws DistDbException {@code SERIALIZATION_FAILURE}: the leadership that it rests on may be
   *     over; {@code SNAPSHOT_TOO_OLD}; {@code CANNOT_CONNECT_NOW}: the replica is being replaced,
   *     and that takes long
   */
  void check(SnapshotBasis basis, LockClient reader) {
    Leadership under = basis.under();
    if (under != null) {
      if (!basis.isConfirmed()) {
        gateway.confirm(under);
        basis.confirmed();
      }
      // First this, then the leadership: what it loses leaves the set after it has ended.
      boolean settled = context.committing.isSettled(basis.timestamp());
      if (replica().leadership() != under) {
        throw Gateway.lost();
      }
      if (settled) {
        context.checkOpen();
        basis.completed();
      }
    }
    long installing = replica().installing();
    if (installing > 0) {
      // What was read may be of the later state, whose safe point comes with it.
      gateway.awaitApplied(installing, reader);
    }
    if (replica().safePoint() > basis.timestamp()) {
      throw new DistDbException(
              ErrorCode.SNAPSHOT_TOO_OLD,
              "the snapshot "
                  + basis.timestamp()
                  + " is below the safe point "
                  + replica().safePoint())
          .withHint("raise version_retention to read further back");
    }
  }

  private ShardReplica replica() {
    return context.system().replica();
  }
}
