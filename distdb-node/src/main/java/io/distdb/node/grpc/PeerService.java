// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import io.distdb.api.NodeId;
import io.distdb.api.time.Scheduler;
import io.distdb.api.transport.Envelope;
import io.distdb.node.grpc.message.Frame;
import io.distdb.node.grpc.message.PeerGrpc;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Takes the calls of other nodes. */
final class PeerService extends PeerGrpc.PeerImplBase {
  private static final Context.Key<String> PLACE = Context.key("place");

  private final Supplier<TransportIdentity> own;
  private final TransportLimits limits;
  private final Scheduler scheduler;
  private final Notices notices;
  private final Consumer<Envelope> receiver;
  private final BiFunction<NodeId, Envelope.Lane, Received> counts;
  private final Consumer<NodeId> loss;
  private final Guests guests = new Guests();

  PeerService(
      Supplier<TransportIdentity> own,
      TransportLimits limits,
      Scheduler scheduler,
      Notices notices,
      Consumer<Envelope> receiver,
      BiFunction<NodeId, Envelope.Lane, Received> counts,
      Consumer<NodeId> loss) {
    this.own = own;
    this.limits = limits;
    this.scheduler = scheduler;
    this.notices = notices;
    this.receiver = receiver;
    this.counts = counts;
    this.loss = loss;
  }

  @Override
  public StreamObserver<Frame> converse(StreamObserver<Frame> answers) {
    Inbound inbound = new Inbound(this, (ServerCallStreamObserver<Frame>) answers, PLACE.get());
    scheduler.after(limits.helloNanosMax(), "hello of a caller", inbound::expectHello);
    return inbound;
  }

  TransportIdentity own() {
    return own.get();
  }

  Guests guests() {
    return guests;
  }

  Notices notices() {
    return notices;
  }

  int payloadBytesMax() {
    return limits.payloadBytesMax();
  }

  Received received(NodeId peer, Envelope.Lane lane) {
    return counts.apply(peer, lane);
  }

  void handOut(Envelope envelope) {
    receiver.accept(envelope);
  }

  /** A connection that a node had opened broke. */
  void lost(NodeId peer) {
    loss.accept(peer);
  }

  /** Notes where a call comes from, for the log. */
  static final class Caller implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      Object address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
      Context context = Context.current().withValue(PLACE, String.valueOf(address));
      return Contexts.interceptCall(context, call, headers, next);
    }
  }
}
