// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Waiter;
import io.distdb.api.transport.Envelope;
import io.distdb.api.transport.Transport;
import io.distdb.raft.core.Membership;
import io.distdb.raft.wire.SnapshotFrame;
import io.distdb.raft.wire.SnapshotFrameCodec;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the state of one group to one follower, in a thread of its own, while entries are applied.
 * The state machine writes no faster than the follower answers: at most a window is in memory here.
 * Lost pieces are sent again from the first that was not answered (go back n).
 */
final class SnapshotTransfer {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotTransfer.class);
  private static final long SECOND_NANOS = 1_000_000_000;

  /** Something on its way; {@code end} is what the answer says when it has come. */
  private record Sent(long end, int bytes, Bytes frame) {}

  /** The follower is given up; unwinds the export. */
  private static final class GivenUp extends RuntimeException {
    private static final long serialVersionUID = 1L;

    GivenUp(String why) {
      super(why, null, false, false);
    }
  }

  private final SnapshotFrame.Transfer transfer;
  private final NodeId to;
  private final Transport transport;
  private final Clock clock;
  private final SnapshotLimits limits;
  private final Waiter waiter;
  private final GivingWay giving;

  // --- what other threads say ---
  private volatile long answered;
  private volatile boolean refused;
  private volatile boolean stopped;

  // --- this transfer's thread ---
  private final ArrayDeque<Sent> window = new ArrayDeque<>();
  private final CRC32C whole = new CRC32C();
  private long windowBytes;
  private long length;
  private long mayGoAt;

  SnapshotTransfer(
      SnapshotFrame.Transfer transfer,
      NodeId to,
      Transport transport,
      Clock clock,
      SnapshotLimits limits,
      Waiter waiter,
      GivingWay giving) {
    this.transfer = transfer;
    this.to = to;
    this.transport = transport;
    this.clock = clock;
    this.limits = limits;
    this.waiter = waiter;
    this.giving = giving;
  }

  // --- any thread ---

  void answered(SnapshotFrame.Received received) {
    if (received.transfer().equals(transfer)) {
      answered = Math.max(answered, received.through());
      refused |= received.refused();
      waiter.signal();
    }
  }

  void stop() {
    stopped = true;
    waiter.signal();
  }

  // --- its own thread ---

  /** Writes everything to a sink, and says as of which position. */
  @FunctionalInterface
  interface Source {
    LogPosition export(Consumer<ByteBuffer> sink);
  }

  /**
   * @param membershipAt the group's as of an index; null: it is not known any more
   * @return whether the follower has all of it
   */
  boolean run(Source source, LongFunction<Membership> membershipAt) {
    mayGoAt = clock.nanoTime();
    giving.begin();
    try {
      LogPosition position = source.export(this::chunk);
      Membership membership = membershipAt.apply(position.index());
      if (membership == null) {
        throw new GivenUp("this node does not lead any more");
      }
      SnapshotFrame end =
          new SnapshotFrame.End(transfer, length, (int) whole.getValue(), position, membership);
      send(length + 1, 0, end);
      awaitAnswers(0);
      LOG.info("node {} has shard {} as of index {}", to, transfer.group(), position.index());
      return true;
    } catch (GivenUp why) {
      LOG.warn(
          "node {} did not get the snapshot of shard {}: {}",
          to,
          transfer.group(),
          why.getMessage());
      return false;
    } catch (DistDbException failure) {
      LOG.error(
          "shard {} cannot be exported for node {}: {}",
          transfer.group(),
          to,
          failure.getMessage());
      return false;
    }
  }

  private void chunk(ByteBuffer content) {
    rest(giving.end());
    while (content.hasRemaining()) {
      Bytes piece = Bytes.read(content, Math.min(content.remaining(), limits.pieceBytes()));
      awaitAnswers(Math.max(0, limits.windowBytes() - piece.length()));
      throttle(piece.length());
      CRC32C crc = new CRC32C();
      crc.update(piece.array());
      whole.update(piece.array());
      SnapshotFrame frame =
          new SnapshotFrame.Piece(
              transfer, length, (int) crc.getValue(), !content.hasRemaining(), piece);
      length += piece.length();
      send(length, piece.length(), frame);
    }
    giving.begin();
  }

  private void rest(long nanos) {
    long end = clock.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - clock.nanoTime()) {
      pause(left);
    }
  }

  private void send(long end, int bytes, SnapshotFrame frame) {
    Sent sent = new Sent(end, bytes, SnapshotFrameCodec.encode(frame));
    window.add(sent);
    windowBytes += bytes;
    transport.send(to, Envelope.Lane.SNAPSHOT, sent.frame());
  }

  private void throttle(int bytes) {
    rest(mayGoAt - clock.nanoTime());
    mayGoAt = clock.nanoTime() + (long) ((double) bytes / limits.bytesPerSecond() * SECOND_NANOS);
  }

  /** Until at most {@code bytes} are not answered; of 0: until nothing is. */
  private void awaitAnswers(long bytes) {
    int silent = 0;
    long known = answered;
    long retryAt = clock.nanoTime() + limits.retryNanos();
    while (true) {
      forget();
      if (window.isEmpty() || bytes > 0 && windowBytes <= bytes) {
        return;
      }
      pause(Math.max(0, retryAt - clock.nanoTime()));
      if (answered != known) {
        known = answered;
        silent = 0;
        retryAt = clock.nanoTime() + limits.retryNanos();
      } else if (clock.nanoTime() - retryAt >= 0) {
        silent++;
        if (silent > limits.retries()) {
          throw new GivenUp("it does not answer");
        }
        window.forEach(sent -> transport.send(to, Envelope.Lane.SNAPSHOT, sent.frame()));
        retryAt = clock.nanoTime() + limits.retryNanos();
      }
    }
  }

  private void forget() {
    while (!window.isEmpty() && window.peek().end() <= answered) {
      windowBytes -= window.remove().bytes();
    }
  }

  private void pause(long nanos) {
    if (!stopped && !refused) {
      waiter.awaitUninterruptibly(nanos);
    }
    if (refused) {
      throw new GivenUp("it refuses it, or has lost the beginning");
    }
    if (stopped) {
      throw new GivenUp("this node does not lead any more");
    }
  }
}
