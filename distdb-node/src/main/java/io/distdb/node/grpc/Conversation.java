// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import io.distdb.api.NodeId;
import io.distdb.node.grpc.message.Frame;
import io.distdb.node.grpc.message.Hello;
import io.distdb.node.grpc.message.PeerGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;

/**
 * One connection to a peer, for one lane, from its attempt to its end; never used again. Written to
 * by one thread at a time; gRPC calls it on its own.
 */
final class Conversation implements ClientResponseObserver<Frame, Frame> {
  private final TransportIdentity own;
  private final NodeId peer;
  private final ManagedChannel channel;
  private final Link link;
  private boolean greeted;
  private volatile ClientCallStreamObserver<Frame> call;

  Conversation(TransportIdentity own, NodeId peer, ManagedChannel channel, Link link) {
    this.own = own;
    this.peer = peer;
    this.channel = channel;
    this.link = link;
  }

  /** Connects, without waiting for it, and says hello. */
  void begin(Hello hello) {
    PeerGrpc.newStub(channel).converse(this);
    write(Frame.newBuilder().setHello(hello).build());
  }

  /** Whether little of what was written before is still on this side. */
  boolean isReady() {
    return call.isReady();
  }

  void write(Frame frame) {
    try {
      call.onNext(frame);
    } catch (IllegalStateException ended) {
      // Given up by another thread in this very moment: the link knows, or is told here.
      link.ended(this, false, "the connection has ended");
    }
  }

  /** Ends it at once; may be called by any thread, and more than once. */
  void giveUp() {
    channel.shutdownNow();
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Frame> begun) {
    call = begun;
    begun.setOnReadyHandler(link::drain);
  }

  @Override
  public void onNext(Frame frame) {
    switch (frame.getContentCase()) {
      case HELLO -> greet(frame.getHello());
      case PONG -> link.answered(this, frame.getPong());
      case PAYLOAD, PING, CONTENT_NOT_SET ->
          link.ended(this, true, "node " + peer + " says what only who calls may say");
    }
  }

  private void greet(Hello hello) {
    if (greeted) {
      link.ended(this, true, "node " + peer + " said hello twice");
      return;
    }
    greeted = true;
    switch (Handshake.ofCalled(own, peer, hello)) {
      case Handshake.Verdict.Agreed agreed -> link.opened(this, agreed);
      case Handshake.Verdict.Refused refused -> link.ended(this, true, refused.why());
    }
  }

  @Override
  public void onError(Throwable failure) {
    Status status = Status.fromThrowable(failure);
    Throwable root = root(status);
    boolean refused =
        status.getCode() == Status.Code.FAILED_PRECONDITION
            || root instanceof NamingTrust.Untrusted;
    link.ended(this, refused, reason(status, root));
  }

  private static Throwable root(Status status) {
    Throwable root = status.getCause();
    while (root != null && root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String reason(Status status, Throwable root) {
    if (root != null && root.getMessage() != null) {
      return root.getMessage();
    }
    return status.getDescription() == null ? status.getCode().name() : status.getDescription();
  }

  @Override
  public void onCompleted() {
    link.ended(this, false, "it hung up");
  }
}
