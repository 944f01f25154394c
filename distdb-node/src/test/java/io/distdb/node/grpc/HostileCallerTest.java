// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.distdb.api.NodeId;
import io.distdb.api.transport.Envelope;
import io.distdb.node.grpc.message.Frame;
import io.distdb.node.grpc.message.PeerGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers that speak gRPC and break the protocol within it. */
class HostileCallerTest {
  private static final TransportIdentity CALLER = TransportNodes.identity("red", "caller");

  private final TransportNodes nodes = new TransportNodes();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private GrpcTransport one;

  /** What the caller hears. */
  private static final class Ear implements StreamObserver<Frame> {
    final List<Frame> frames = new CopyOnWriteArrayList<>();
    volatile Status end;

    @Override
    public void onNext(Frame frame) {
      frames.add(frame);
    }

    @Override
    public void onError(Throwable failure) {
      end = Status.fromThrowable(failure);
    }

    @Override
    public void onCompleted() {
      end = Status.OK;
    }
  }

  @BeforeEach
  void begin() {
    one = open("one", 60_000 * TransportNodes.MILLISECOND);
  }

  private GrpcTransport open(String node, long helloNanosMax) {
    TransportLimits usual = TransportNodes.LIMITS;
    TransportLimits limits =
        new TransportLimits(
            usual.payloadBytesMax(),
            usual.queueMessagesMax(),
            usual.queueBytesMax(),
            helloNanosMax,
            usual.pingNanos(),
            usual.silenceNanosMax(),
            usual.backoffNanosMin(),
            usual.backoffNanosMax());
    return nodes.open(TransportNodes.identity("red", node), Optional.empty(), limits);
  }

  @AfterEach
  void end() {
    channels.forEach(ManagedChannel::shutdownNow);
    nodes.close();
  }

  private StreamObserver<Frame> call(Ear ear) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("127.0.0.1", one.port().orElseThrow())
            .usePlaintext()
            .directExecutor()
            .build();
    channels.add(channel);
    return PeerGrpc.newStub(channel).converse(ear);
  }

  private static Frame hello() {
    return Frame.newBuilder()
        .setHello(Handshake.hello(CALLER, new NodeId("one"), Envelope.Lane.REQUEST))
        .build();
  }

  private static Frame payload() {
    return Frame.newBuilder().setPayload(ByteString.copyFromUtf8("smuggled")).build();
  }

  private Status endOf(Frame... frames) {
    Ear ear = new Ear();
    StreamObserver<Frame> mouth = call(ear);
    for (Frame frame : frames) {
      mouth.onNext(frame);
    }
    nodes.until(() -> ear.end != null);
    return ear.end;
  }

  private void refused(String why, Frame... frames) {
    Status end = endOf(frames);
    assertThat(end.getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    assertThat(end.getDescription()).contains(why);
    nodes.until(() -> nodes.hasLogged(why));
  }

  @Test
  void nothingIsTakenBeforeTheHello() {
    refused("sent a message before its hello", payload(), hello());
    refused("sent a ping before its hello", Frame.newBuilder().setPing(1).build());
    assertThat(nodes.received()).isEmpty();
  }

  @Test
  void aSecondHelloAndFramesOfTheCalledEndTheConnection() {
    refused("node caller said hello twice", hello(), hello());
    refused("says nonsense", hello(), Frame.newBuilder().setPong(1).build());
    refused("says nonsense", hello(), Frame.getDefaultInstance());
  }

  @Test
  void whoSaysNoHelloIsGivenUp() {
    one = open("impatient", 100 * TransportNodes.MILLISECOND);
    Status end = endOf();
    assertThat(end.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
  }

  @Test
  void aPingIsAnsweredOnceWhatCameBeforeWasHandedOut() {
    Ear ear = new Ear();
    StreamObserver<Frame> mouth = call(ear);
    mouth.onNext(hello());
    mouth.onNext(payload());
    mouth.onNext(Frame.newBuilder().setPing(42).build());
    nodes.until(() -> ear.frames.size() == 2);
    assertThat(nodes.received()).hasSize(1);
    assertThat(ear.frames.get(0).getHello().getFrom()).isEqualTo("one");
    assertThat(ear.frames.get(1).getPong()).isEqualTo(42);
    mouth.onCompleted();
    nodes.until(() -> ear.end != null);
    assertThat(ear.end.getCode()).isEqualTo(Status.Code.OK);
  }

  @Test
  void aNewConnectionOfALaneEndsTheOneBefore() {
    Ear first = new Ear();
    call(first).onNext(hello());
    nodes.until(() -> first.frames.size() == 1);
    Ear second = new Ear();
    call(second).onNext(hello());
    nodes.until(() -> first.end != null && second.frames.size() == 1);
    assertThat(first.end.getCode()).isEqualTo(Status.Code.ABORTED);
    assertThat(second.end).isNull();
  }
}
