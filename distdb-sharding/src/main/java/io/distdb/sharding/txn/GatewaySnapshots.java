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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Snapshots on a node of several, and what makes them good: see {@link SnapshotBasis}. */
final class GatewaySnapshots {
  private static final Logger LOG = LoggerFactory.getLogger(GatewaySnapshots.class);
  private static final long CALL_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How long a reader that is content with less waits for news. */
  private static final long REFRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final TransactionContext context;
  private final Gateway gateway;
  private final ClosedTime closed;
  private final ClosedTimeKeeper keeper;

  GatewaySnapshots(TransactionContext context, Gateway gateway) {
    this.context = context;
    this.gateway = gateway;
    closed = new ClosedTime(context.clock);
    keeper =
        new ClosedTimeKeeper(
            context.scheduler, () -> replica().leadership() == null, this::closeTime);
  }

  /** A commit was applied here, or came with a snapshot. */
  void applied() {
    keeper.applied();
  }

  void close() {
    keeper.close();
  }

  private void closeTime() {
    try {
      refresh(context.asker());
    } catch (DistDbException refused) {
      // Nobody waits for it: who reads next asks again.
      LOG.debug("time is not closed: {}", refused.getMessage());
    }
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

  private void refresh(LockClient reader) {
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
   * What nobody's commit is on its way to, as it turned out before this call, may be read at {@code
   * basis}, now and later: what would change it has happened or never will. That is so while the
   * leadership lasts under which it turned out. When it is over the snapshot outlives it: there is
   * nothing on its way at all once the next leader has given a snapshot away, and that is applied
   * here.
   *
   * @throws DistDbException {@code SERIALIZATION_FAILURE}: the leadership that it rests on may have
   *     been over when it was taken; {@code CANNOT_CONNECT_NOW}: nobody leads, for long
   */
  void settle(SnapshotBasis basis, LockClient reader) {
    Leadership under = basis.under();
    if (under != null && replica().leadership() != under) {
      outlive(basis, reader);
    }
  }

  /**
   * As {@link #settle}, when commits were waited for in vain: this node does not learn of them in
   * the leadership that it rests on.
   */
  void outlive(SnapshotBasis basis, LockClient reader) {
    if (!basis.isConfirmed()) {
      throw Gateway.lost();
    }
    gateway.ask(
        reader,
        here -> {
          if (here == basis.under()) {
            throw gateway.notLeading();
          }
          // Who leads again has applied what was committed before.
          return basis.timestamp();
        },
        leader -> completeSnapshot(leader, reader));
    basis.completed();
  }

  /**
   * What was read at {@code basis} before this call, and after {@link #settle}, is what there is to
   * read.
   *
   * @throws DistDbException {@code SERIALIZATION_FAILURE}: the leadership that it rests on may have
   *     been over when it was taken; {@code SNAPSHOT_TOO_OLD}; {@code CANNOT_CONNECT_NOW}: the
   *     replica is being replaced, and that takes long
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
      if (settled && replica().leadership() == under) {
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
