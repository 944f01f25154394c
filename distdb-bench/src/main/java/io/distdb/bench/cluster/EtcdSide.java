// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** etcd as its package has it, all settings its defaults but for less to the log. */
final class EtcdSide extends ClusterSide {
  /** Several connections were no faster here. */
  private static final int CHANNELS = Integer.getInteger("distdb.bench.etcd.channels", 1);

  private final Map<String, Integer> clientPorts = new TreeMap<>();
  private final Map<String, List<ManagedChannel>> channels = new TreeMap<>();
  private final Map<Long, String> members = new TreeMap<>();

  EtcdSide(Path directory) throws IOException {
    super("etcd");
    Map<String, Integer> peers = new TreeMap<>();
    for (String node : NAMES) {
      peers.put(node, Ports.free());
      clientPorts.put(node, Ports.free());
    }
    String cluster =
        peers.entrySet().stream()
            .map(peer -> peer.getKey() + "=" + url(peer.getValue()))
            .collect(Collectors.joining(","));
    for (String node : NAMES) {
      String own = url(peers.get(node));
      String clients = url(clientPorts.get(node));
      List<String> command =
          List.of(
              "etcd",
              "--name=" + node,
              "--data-dir=" + directory.resolve(node),
              "--listen-peer-urls=" + own,
              "--initial-advertise-peer-urls=" + own,
              "--listen-client-urls=" + clients,
              "--advertise-client-urls=" + clients,
              "--initial-cluster=" + cluster,
              "--initial-cluster-token=bench",
              "--initial-cluster-state=new",
              "--logger=zap",
              "--log-level=error");
      processes.put(node, new NodeProcess(command, directory.resolve(node + ".log")));
    }
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  private synchronized List<ManagedChannel> channels(String node) {
    return channels.computeIfAbsent(
        node,
        any -> Stream.generate(() -> channel(clientPorts.get(node))).limit(CHANNELS).toList());
  }

  private static ManagedChannel channel(int port) {
    return NettyChannelBuilder.forAddress("127.0.0.1", port)
        .directExecutor()
        .usePlaintext()
        .disableRetry()
        .proxyDetector(any -> null)
        .build();
  }

  private CompletableFuture<byte[]> ask(
      String node, MethodDescriptor<byte[], byte[]> method, byte[] request) {
    CompletableFuture<byte[]> answer = new CompletableFuture<>();
    ClientCalls.asyncUnaryCall(
        channels(node)
            .getFirst()
            .newCall(method, CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS)),
        request,
        new StreamObserver<>() {
          @Override
          public void onNext(byte[] message) {
            answer.complete(message);
          }

          @Override
          public void onError(Throwable why) {
            answer.completeExceptionally(why);
          }

          @Override
          public void onCompleted() {
            // The message has completed it.
          }
        });
    return answer;
  }

  @Override
  CompletableFuture<String> leaderAccordingTo(String node) {
    return ask(node, EtcdMethods.STATUS, new byte[0])
        .thenApply(message -> {
          EtcdMethods.Status status = EtcdMethods.status(message);
          synchronized (members) {
            members.put(status.member(), node);
            return members.getOrDefault(status.leader(), "");
          }
        });
  }

  @Override
  CompletableFuture<?> put(String node, long key, byte[] value) {
    return ask(node, EtcdMethods.PUT, EtcdMethods.put(key, value));
  }

  @Override
  Load load(String node) {
    return new EtcdLoad(new ArrayList<>(channels(node)));
  }

  @Override
  synchronized void disconnect(String node) {
    List<ManagedChannel> gone = channels.remove(node);
    if (gone != null) {
      gone.forEach(ManagedChannel::shutdownNow);
    }
  }
}
