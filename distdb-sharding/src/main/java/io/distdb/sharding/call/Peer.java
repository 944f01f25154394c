// SPDX-License-Identifier: MIT
package io.distdb.sharding.call;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Waiter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What is under way with one other node, in both directions. Thread-safe; nothing waits in it. */
final class Peer {
  /** So many calls are done with behind one that is not, before the peer is told. */
  static final int SETTLED_EVERY = 256;

  /** More than so many that are not are not listed. */
  private static final int OPEN_MAX = 4096;

  final NodeId id;
  private final CallLimits limits;
  private final int pieceBytes;

  /** Its present life, or 0: nothing was heard of it. */
  private long life;

  private final TreeMap<Long, OutgoingCall> outgoing = new TreeMap<>();
  private long nextCall = 1;

  /** Calls that ended since the peer was told, or looked whether it should be. */
  private int closedSince;

  /** Why no call begins any more, or null. */
  private String closed;

  private final TreeMap<Long, IncomingCall> incoming = new TreeMap<>();

  /** The peer is done with all its calls below this. */
  private long over;

  /** And with those below this, but for {@link #stillOpen}. */
  private long settledBelow;

  private Set<Long> stillOpen = Set.of();
  private long swept;

  Peer(NodeId id, CallLimits limits, int pieceBytes, long now) {
    this.id = id;
    this.limits = limits;
    this.pieceBytes = pieceBytes;
    swept = now;
  }

  // --- calls to it ---

  synchronized OutgoingCall open(String service, Bytes request, Waiter waiter) {
    if (closed != null) {
      throw new DistDbException(ErrorCode.CANNOT_CONNECT_NOW, closed);
    }
    OutgoingCall call = new OutgoingCall(nextCall++, service, request, limits, pieceBytes, waiter);
    if (life != 0) {
      call.peerLives(life, id.value());
    }
    outgoing.put(call.id, call);
    return call;
  }

  /** What a caller does next. */
  sealed interface Turn {
    /** Send these to that life, then wait for so long. */
    record Go(long receiver, List<CallFrame> frames, long nanos) implements Turn {}

    record Over() implements Turn {}
  }

  synchronized Turn turn(OutgoingCall call, long began, long now, long deadline) {
    if (!call.isOver() && (now - deadline >= 0 || call.isInVain(now))) {
      long millis = TimeUnit.NANOSECONDS.toMillis(now - began);
      call.end("node " + id + " did not answer within " + millis + " ms");
    }
    if (call.isOver()) {
      return new Turn.Over();
    }
    List<CallFrame> frames = call.next(now, outgoing.firstKey());
    return new Turn.Go(call.boundTo(), frames, Math.min(call.due() - now, deadline - now));
  }

  /** Its caller is done with it; what the peer should hear at once. */
  synchronized Optional<CallFrame> close(OutgoingCall call) {
    outgoing.remove(call.id);
    if (++closedSince >= SETTLED_EVERY && call.boundTo() != 0) {
      closedSince = 0;
      if (nextCall - firstNeeded() - outgoing.size() >= SETTLED_EVERY
          && outgoing.size() <= OPEN_MAX) {
        return Optional.of(new CallFrame.Settled(nextCall, List.copyOf(outgoing.keySet())));
      }
    }
    return call.leavesMuch() ? Optional.of(new CallFrame.Over(firstNeeded())) : Optional.empty();
  }

  private long firstNeeded() {
    return outgoing.isEmpty() ? nextCall : outgoing.firstKey();
  }

  synchronized void closeAll(String why) {
    closed = why;
    outgoing.values().forEach(call -> call.end(why));
  }

  // --- what comes from it ---

  /**
   * It lives its life number {@code sender}.
   *
   * @return whether what it says counts: it is not of an earlier life
   */
  synchronized boolean meet(long sender) {
    if (sender > life) {
      life = sender;
      over = 0;
      settledBelow = 0;
      stillOpen = Set.of();
      incoming.clear();
      outgoing.values().forEach(call -> call.peerLives(sender, id.value()));
    }
    return sender == life;
  }

  synchronized long life() {
    return life;
  }

  synchronized void received(CallFrame.Received frame) {
    OutgoingCall call = outgoing.get(frame.call());
    if (call != null) {
      call.received(frame.through());
    }
  }

  synchronized void answered(CallFrame.Answer frame) {
    OutgoingCall call = outgoing.get(frame.call());
    if (call != null) {
      call.answered(frame);
    }
  }

  /**
   * What to do with a piece of a request.
   *
   * @param run the request, when it is whole now; else null
   */
  record Taken(IncomingCall run, Optional<CallFrame> reply) {
    static final Taken NOTHING = new Taken(null, Optional.empty());
  }

  synchronized Taken take(CallFrame.Request piece, long now) {
    over(piece.over());
    sweep(now);
    if (piece.call() < over || piece.call() < settledBelow && !stillOpen.contains(piece.call())) {
      return Taken.NOTHING;
    }
    IncomingCall call =
        incoming.computeIfAbsent(piece.call(), id -> new IncomingCall(id, piece.length()));
    boolean run = call.take(piece, now);
    boolean reply = !run || piece.content().length() < piece.length();
    return new Taken(
        run ? call : null, reply ? Optional.of(call.state(pieceBytes)) : Optional.empty());
  }

  /** Notes what came of it; what the caller is told. */
  synchronized CallFrame answer(IncomingCall call, Bytes content, boolean failed) {
    call.answer(content, failed);
    return call.state(pieceBytes);
  }

  synchronized List<CallFrame> wanted(CallFrame.Want want) {
    IncomingCall call = incoming.get(want.call());
    return call == null ? List.of() : call.answer(want.offset(), pieceBytes, limits.windowPieces());
  }

  synchronized void over(long through) {
    if (through > over) {
      over = through;
      incoming.headMap(through).clear();
    }
  }

  synchronized void settled(CallFrame.Settled frame) {
    if (frame.below() > settledBelow) {
      settledBelow = frame.below();
      stillOpen = new HashSet<>(frame.open());
      incoming.headMap(settledBelow).keySet().retainAll(stillOpen);
    }
  }

  synchronized int remembered() {
    return incoming.size();
  }

  private void sweep(long now) {
    if (now - swept > limits.abandonedNanos() >> 2) {
      swept = now;
      for (Map.Entry<Long, IncomingCall> each : Map.copyOf(incoming).entrySet()) {
        if (each.getValue().isAbandoned(now, limits.abandonedNanos())) {
          incoming.remove(each.getKey());
        }
      }
    }
  }
}
