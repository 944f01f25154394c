// SPDX-License-Identifier: MIT
package io.distdb.bench.peer;

import io.distdb.bench.cluster.door.Door;
import io.distdb.bench.cluster.door.NodeArguments;
import io.distdb.bench.cluster.door.Register;
import io.distdb.bench.cluster.door.Table;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.grpc.GrpcConfigKeys;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.RaftServerConfigKeys;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/**
 * Its defaults, which force the log before it is acknowledged, but for reads: linearizable ones.
 * Requests go to the server within the process, as its own service for clients gives them to it.
 */
final class RatisNode extends BaseStateMachine implements Register {
  private static final RaftGroupId GROUP =
      RaftGroupId.valueOf(UUID.fromString("d15d0000-0000-4000-8000-000000000001"));

  private final Table table = new Table();
  private final ClientId client = ClientId.randomId();
  private final AtomicLong calls = new AtomicLong();
  private RaftServer server;

  public static void main(String[] words) throws IOException {
    NodeArguments arguments = NodeArguments.read(words);
    Files.createDirectories(arguments.directory());
    RatisNode self = new RatisNode();
    self.start(arguments);
    Door.serve(arguments.doorPort(), self);
  }

  private void start(NodeArguments arguments) throws IOException {
    RaftProperties properties = new RaftProperties();
    RaftServerConfigKeys.setStorageDir(properties, List.of(arguments.directory().toFile()));
    RaftServerConfigKeys.Read.setOption(
        properties, RaftServerConfigKeys.Read.Option.LINEARIZABLE);
    RaftServerConfigKeys.Read.setLeaderLeaseEnabled(properties, arguments.leases());
    GrpcConfigKeys.Server.setPort(properties, arguments.port());
    List<RaftPeer> peers =
        arguments.peers().entrySet().stream()
            .map(peer ->
                RaftPeer.newBuilder()
                    .setId(peer.getKey())
                    .setAddress("127.0.0.1:" + peer.getValue())
                    .build())
            .toList();
    server =
        RaftServer.newBuilder()
            .setServerId(RaftPeerId.valueOf(arguments.self()))
            .setGroup(RaftGroup.valueOf(GROUP, peers))
            .setStateMachine(this)
            .setProperties(properties)
            .setOption(
                isEmpty(arguments.directory())
                    ? RaftStorage.StartupOption.FORMAT
                    : RaftStorage.StartupOption.RECOVER)
            .build();
    server.start();
  }

  private static boolean isEmpty(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findAny().isEmpty();
    }
  }

  @Override
  public void put(Table.Put put, boolean alone, Answer answer) {
    ask(
        RaftClientRequest.writeRequestType(),
        UnsafeByteOperations.unsafeWrap(put.encoded()),
        answer);
  }

  @Override
  public void get(long key, boolean alone, Answer answer) {
    byte[] bytes = ByteBuffer.allocate(Long.BYTES).putLong(key).array();
    ask(
        RaftClientRequest.readRequestType(), UnsafeByteOperations.unsafeWrap(bytes), answer);
  }

  private void ask(RaftClientRequest.Type type, ByteString content, Answer answer) {
    RaftClientRequest request =
        RaftClientRequest.newBuilder()
            .setClientId(client)
            .setServerId(server.getId())
            .setGroupId(GROUP)
            .setCallId(calls.incrementAndGet())
            .setMessage(Message.valueOf(content))
            .setType(type)
            .build();
    try {
      server
          .submitClientRequestAsync(request)
          .whenComplete((reply, failure) -> answer(reply, failure, answer));
    } catch (IOException failure) {
      answer.failed(failure.toString());
    }
  }

  private static void answer(RaftClientReply reply, Throwable failure, Answer answer) {
    if (failure != null) {
      answer.failed(failure.toString());
    } else if (!reply.isSuccess()) {
      answer.failed(String.valueOf(reply.getException()));
    } else {
      answer.done(reply.getMessage().getContent().toByteArray());
    }
  }

  @Override
  public String leader() {
    try {
      RaftPeerId leader = server.getDivision(GROUP).getInfo().getLeaderId();
      return leader == null ? "" : leader.toString();
    } catch (IOException notYet) {
      return "";
    }
  }

  @Override
  public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
    LogEntryProto entry = transaction.getLogEntry();
    table.apply(
        Table.Put.decode(
            entry.getStateMachineLogEntry().getLogData().asReadOnlyByteBuffer()));
    updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
    return CompletableFuture.completedFuture(Message.EMPTY);
  }

  @Override
  public CompletableFuture<Message> query(Message request) {
    byte[] value = table.get(request.getContent().asReadOnlyByteBuffer().getLong());
    return CompletableFuture.completedFuture(
        Message.valueOf(
            value == null ? ByteString.EMPTY : UnsafeByteOperations.unsafeWrap(value)));
  }
}
