// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.transport.Envelope;
import io.distdb.node.grpc.message.Frame;
import io.distdb.node.grpc.message.Hello;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** A connection that a peer has opened for one lane: hello, then messages. On gRPC's thread. */
final class Inbound implements StreamObserver<Frame> {
  private final PeerService service;
  private final ServerCallStreamObserver<Frame> answers;
  private final String place;

  /** Guards {@code answers} and {@code ended}: another thread may end the connection. */
  private final ReentrantLock lock = new ReentrantLock();

  private boolean ended;
  private volatile Handshake.Verdict.Agreed agreed;
  private Received received;

  Inbound(PeerService service, ServerCallStreamObserver<Frame> answers, String place) {
    this.service = service;
    this.answers = answers;
    this.place = place;
  }

  @Override
  public void onNext(Frame frame) {
    if (isEnded()) {
      return;
    }
    switch (frame.getContentCase()) {
      case HELLO -> greet(frame.getHello());
      case PAYLOAD -> receive(frame);
      case PING -> answer(frame.getPing());
      case PONG, CONTENT_NOT_SET -> refuse(place, "a caller at " + place + " says nonsense");
    }
  }

  private void greet(Hello hello) {
    if (agreed != null) {
      refuse(hello.getFrom(), "node " + agreed.peer() + " said hello twice");
      return;
    }
    switch (Handshake.ofCaller(service.own(), hello)) {
      case Handshake.Verdict.Refused refused -> refuse(refused.peer(), refused.why());
      case Handshake.Verdict.Agreed verdict -> admit(verdict);
    }
  }

  private void admit(Handshake.Verdict.Agreed verdict) {
    Optional<String> objection = service.guests().admit(verdict, this);
    if (objection.isPresent()) {
      refuse(verdict.peer().value(), objection.get());
      return;
    }
    received = service.received(verdict.peer(), verdict.lane());
    agreed = verdict;
    Hello own = Handshake.hello(service.own(), verdict.peer(), verdict.lane());
    say(Frame.newBuilder().setHello(own).build());
    if (isEnded()) {
      service.guests().leave(verdict, this); // It left while it was let in.
    }
    service.notices().inform("from " + verdict.peer(), "node " + verdict.peer() + " has connected");
  }

  private void receive(Frame frame) {
    Handshake.Verdict.Agreed caller = agreed;
    NodeId self = service.own().self();
    if (caller == null) {
      refuse(place, "a caller at " + place + " sent a message before its hello");
    } else if (frame.getPayload().size() > service.payloadBytesMax()) {
      refuse(
          caller.peer().value(),
          "node %s sent a message of %d bytes, node %s takes %d"
              .formatted(
                  caller.peer(), frame.getPayload().size(), self, service.payloadBytesMax()));
    } else {
      Bytes payload = Bytes.wrap(frame.getPayload().toByteArray());
      received.count(payload.length());
      service.handOut(new Envelope(caller.peer(), self, caller.lane(), payload));
    }
  }

  private void answer(int ping) {
    if (agreed == null) {
      refuse(place, "a caller at " + place + " sent a ping before its hello");
    } else if (answers.isReady()) { // Who reads no answers gets none, and none are kept for it.
      say(Frame.newBuilder().setPong(ping).build());
    }
  }

  private void say(Frame frame) {
    lock.lock();
    try {
      if (!ended && !answers.isCancelled()) {
        answers.onNext(frame);
      }
    } finally {
      lock.unlock();
    }
  }

  private void refuse(String peer, String why) {
    service.notices().warn("from " + peer, "refused a connection from " + place + ": " + why);
    end(Status.FAILED_PRECONDITION.withDescription(why));
  }

  /** The peer has connected anew. */
  void replaced() {
    end(Status.ABORTED.withDescription("replaced by a newer connection of the same node and lane"));
  }

  /** It has had the time to say hello. */
  void expectHello() {
    if (agreed == null) {
      end(Status.DEADLINE_EXCEEDED.withDescription("no hello within the time for it"));
    }
  }

  private void end(Status status) {
    lock.lock();
    try {
      if (!ended && !answers.isCancelled()) {
        answers.onError(status.asRuntimeException());
      }
      ended = true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isEnded() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onError(Throwable failure) {
    boolean broke = !isEnded();
    left();
    Handshake.Verdict.Agreed caller = agreed;
    if (broke && caller != null) {
      service.lost(caller.peer());
    }
  }

  @Override
  public void onCompleted() {
    lock.lock();
    try {
      if (!ended && !answers.isCancelled()) {
        answers.onCompleted();
      }
    } finally {
      lock.unlock();
    }
    left();
  }

  private void left() {
    lock.lock();
    try {
      ended = true;
    } finally {
      lock.unlock();
    }
    Handshake.Verdict.Agreed caller = agreed;
    if (caller != null) {
      service.guests().leave(caller, this);
    }
  }
}
