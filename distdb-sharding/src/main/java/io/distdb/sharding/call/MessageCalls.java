// SPDX-License-Identifier: MIT
package io.distdb.sharding.call;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.transport.Calls;
import io.distdb.api.transport.Envelope;
import io.distdb.api.transport.Transport;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls over the lane REQUEST of a transport; docs/formats/calls.md.
 *
 * <p>The caller repeats itself until it is answered: a short request itself, of a long one what is
 * not acknowledged. The peer runs a call when it is there the first time, says that it has it when
 * it comes again, and repeats the answer once there is one. Nothing but the caller's own thread
 * watches the time, so calls cost no timers. What a peer did, it forgets when the caller says, in
 * its next request, that it is done with it.
 *
 * <p>Each node numbers its lives, and each message says between which lives it is: so nothing is
 * done again by the next life of a node, and no answer reaches the next life of a caller.
 */
public final class MessageCalls implements Calls {
  private static final Logger LOG = LoggerFactory.getLogger(MessageCalls.class);
  private static final Envelope.Lane LANE = Envelope.Lane.REQUEST;

  private final Transport transport;
  private final Scheduler scheduler;
  private final Clock clock;
  private final long life;
  private final CallLimits limits;
  private final int pieceBytes;
  private final ConcurrentHashMap<String, Handler> handlers = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<NodeId, Peer> peers = new ConcurrentHashMap<>();
  private volatile boolean closed;

  /**
   * @param transport not started; closed by whoever made it, after this
   * @param life counts the starts of this node from 1 on: greater than in any earlier life
   */
  public MessageCalls(
      Transport transport, Scheduler scheduler, Clock clock, long life, CallLimits limits) {
    this.transport = Objects.requireNonNull(transport, "transport");
    this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    this.clock = Objects.requireNonNull(clock, "clock");
    this.life = life;
    this.limits = Objects.requireNonNull(limits, "limits");
    if (life < 1) {
      throw new IllegalArgumentException("lives count from 1, this one is " + life);
    }
    pieceBytes = Math.min(limits.pieceBytesMax(), tellBytesMax());
    if (pieceBytes < 1) {
      throw new IllegalArgumentException("the transport's messages are too short");
    }
  }

  /** Begins to receive; once. */
  public void start() {
    transport.start(this::receive);
  }

  @Override
  public void serve(String service, Handler handler) {
    requireName(service);
    if (handlers.putIfAbsent(service, Objects.requireNonNull(handler, "handler")) != null) {
      throw new IllegalStateException("somebody serves " + service + " already");
    }
  }

  private static void requireName(String service) {
    if (service.isEmpty()
        || service.length() > CallFrameCodec.SERVICE_LENGTH_MAX
        || service.chars().anyMatch(letter -> letter < ' ' || letter > '~')) {
      throw new IllegalArgumentException("no name of a service: \"" + service + "\"");
    }
  }

  // --- callers ---

  @Override
  public Bytes call(
      NodeId to, String service, Bytes request, long timeoutNanos, Patience patience) {
    requireName(service);
    if (to.equals(transport.self())) {
      patience.checkWait();
      return handler(service).answer(to, request);
    }
    Peer peer = peer(to);
    if (closed) {
      throw new DistDbException(ErrorCode.CANNOT_CONNECT_NOW, ends());
    }
    patience.checkWait();
    OutgoingCall call = peer.open(service, request, patience.waiter());
    try {
      await(peer, call, timeoutNanos, patience);
      return call.result();
    } finally {
      peer.close(call).ifPresent(frame -> send(to, call.boundTo(), frame));
    }
  }

  private void await(Peer peer, OutgoingCall call, long timeoutNanos, Patience patience) {
    long began = clock.nanoTime();
    long deadline = began + Math.min(timeoutNanos, Long.MAX_VALUE >> 1);
    while (true) {
      // An answer that is here counts, whatever else has come.
      switch (peer.turn(call, began, clock.nanoTime(), deadline)) {
        case Peer.Turn.Over over -> {
          return;
        }
        case Peer.Turn.Go go -> {
          patience.checkWait();
          go.frames().forEach(frame -> send(peer.id, go.receiver(), frame));
          patience.waiter().await(Math.max(0, go.nanos()));
        }
      }
    }
  }

  private String ends() {
    return "node " + transport.self() + " stops";
  }

  @Override
  public void tell(NodeId to, String service, Bytes message) {
    requireName(service);
    if (message.length() > tellBytesMax()) {
      throw new IllegalArgumentException(
          "a message of " + message.length() + " bytes, at most " + tellBytesMax() + " go");
    }
    if (closed) {
      return;
    }
    if (to.equals(transport.self())) {
      hear(to, service, message);
    } else {
      send(to, 0, new CallFrame.Tell(service, message));
    }
  }

  @Override
  public int tellBytesMax() {
    return transport.payloadBytesMax() - CallFrameCodec.OVERHEAD_MAX;
  }

  @Override
  public long life() {
    return life;
  }

  private void send(NodeId to, long receiver, CallFrame frame) {
    CallFrame.Lives lives = new CallFrame.Lives(life, receiver);
    transport.send(to, LANE, CallFrameCodec.encode(lives, frame));
  }

  private Peer peer(NodeId id) {
    Peer peer = peers.get(id);
    return peer != null
        ? peer
        : peers.computeIfAbsent(id, each -> new Peer(each, limits, pieceBytes, clock.nanoTime()));
  }

  /** How many calls of {@code node} are remembered here, with their answers. */
  int remembered(NodeId node) {
    return peer(node).remembered();
  }

  // --- the transport's threads ---

  private void receive(Envelope envelope) {
    NodeId from = envelope.from();
    try {
      CallFrameCodec.Read read = CallFrameCodec.decode(envelope.payload());
      Peer peer = peer(from);
      if (!closed && peer.meet(read.lives().sender())) {
        receive(peer, read.lives(), read.frame());
      }
    } catch (IllegalArgumentException wrong) {
      LOG.warn("a call or an answer of node {} cannot be read: {}", from, wrong.getMessage());
    }
  }

  private void receive(Peer peer, CallFrame.Lives lives, CallFrame frame) {
    boolean forMe = lives.receiver() == life;
    switch (frame) {
      case CallFrame.Hello hello -> {
        if (hello.asks()) {
          send(peer.id, lives.sender(), new CallFrame.Hello(false));
        }
      }
      case CallFrame.Request request -> {
        if (forMe) {
          take(peer, lives.sender(), request);
        } else {
          send(peer.id, lives.sender(), new CallFrame.Hello(false));
        }
      }
      case CallFrame.Received received -> {
        if (forMe) {
          peer.received(received);
        }
      }
      case CallFrame.Answer answer -> {
        if (forMe) {
          peer.answered(answer);
        }
      }
      case CallFrame.Want want -> {
        List<CallFrame> answers = forMe ? peer.wanted(want) : List.of(new CallFrame.Hello(false));
        answers.forEach(answer -> send(peer.id, lives.sender(), answer));
      }
      case CallFrame.Over over -> {
        if (forMe) {
          peer.over(over.over());
        }
      }
      case CallFrame.Settled settled -> {
        if (forMe) {
          peer.settled(settled);
        }
      }
      case CallFrame.Tell tell -> hear(peer.id, tell.service(), tell.content());
    }
  }

  private void take(Peer peer, long sender, CallFrame.Request request) {
    Peer.Taken taken = peer.take(request, clock.nanoTime());
    taken.reply().ifPresent(frame -> send(peer.id, sender, frame));
    if (taken.run() != null) {
      scheduler.startLight(
          "distdb-call " + request.service(),
          () -> run(peer, sender, request.service(), taken.run()));
    }
  }

  private void hear(NodeId from, String service, Bytes message) {
    scheduler.startLight(
        "distdb-call " + service,
        () -> {
          try {
            handler(service).answer(from, message);
          } catch (DistDbException refused) {
            LOG.debug("what node {} told {} came to nothing", from, service, refused);
          }
        });
  }

  // --- a thread for each call ---

  private void run(Peer peer, long sender, String service, IncomingCall call) {
    Bytes answer;
    boolean failed = false;
    Bytes request = call.takeRequest().join();
    try {
      answer = handler(service).answer(peer.id, request);
    } catch (DistDbException refusal) {
      answer = ErrorBytes.encode(refusal);
      failed = true;
    } catch (RuntimeException | Error defect) {
      finish(peer, sender, call, ErrorBytes.encode(defect(service, defect)), true);
      throw defect;
    }
    finish(peer, sender, call, answer, failed);
  }

  private DistDbException defect(String service, Throwable defect) {
    return new DistDbException(
        ErrorCode.INTERNAL_ERROR,
        "a defect in " + service + " of node " + transport.self() + ": " + defect);
  }

  private void finish(Peer peer, long sender, IncomingCall call, Bytes answer, boolean failed) {
    CallFrame frame = peer.answer(call, answer, failed);
    if (!closed) {
      send(peer.id, sender, frame);
    }
  }

  private Handler handler(String service) {
    Handler handler = handlers.get(service);
    if (handler == null || closed) {
      throw new DistDbException(
          ErrorCode.CANNOT_CONNECT_NOW,
          "node " + transport.self() + " does not serve " + service + " now");
    }
    return handler;
  }

  /** Handlers under way go on; what they answer is not sent. */
  @Override
  public void close() {
    closed = true;
    String ends = ends();
    peers.values().forEach(peer -> peer.closeAll(ends));
  }
}
