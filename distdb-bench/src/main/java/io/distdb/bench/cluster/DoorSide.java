// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import io.distdb.bench.cluster.door.Frames;
import io.distdb.bench.cluster.door.NodeArguments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A side whose nodes are JVMs behind our door. */
final class DoorSide extends ClusterSide {
  private static final List<String> FLAGS =
      List.of(
          "-Xms512m",
          "-Xmx512m",
          "-XX:+UseSerialGC",
          "--enable-native-access=ALL-UNNAMED",
          "-XX:+IgnoreUnrecognizedVMOptions",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dlogback.configurationFile=io/distdb/node/cli/logback.xml");

  private final Map<String, Integer> doors = new TreeMap<>();
  private final Map<String, DoorClient> clients = new TreeMap<>();

  /**
   * @param main the class to start
   * @param leases as of {@link NodeArguments}
   */
  DoorSide(String name, String classPath, String main, Path directory, boolean leases)
      throws IOException {
    super(name);
    Map<String, Integer> peers = new TreeMap<>();
    for (String node : NAMES) {
      peers.put(node, Ports.free());
      doors.put(node, Ports.free());
    }
    for (String node : NAMES) {
      NodeArguments arguments =
          new NodeArguments(node, directory.resolve(node), doors.get(node), peers, leases);
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(FLAGS);
      command.addAll(List.of(System.getProperty("distdb.bench.node", "").split(" ")));
      command.removeIf(String::isEmpty);
      command.addAll(List.of("-cp", classPath, main));
      command.addAll(arguments.words());
      processes.put(node, new NodeProcess(command, directory.resolve(node + ".log")));
    }
  }

  private synchronized DoorClient client(String node) throws IOException {
    DoorClient client = clients.get(node);
    if (client == null) {
      client = new DoorClient(doors.get(node));
      clients.put(node, client);
    }
    return client;
  }

  private CompletableFuture<byte[]> ask(String node, byte kind, long key, byte[] value) {
    try {
      return client(node).ask(kind, key, value);
    } catch (IOException gone) {
      return CompletableFuture.failedFuture(gone);
    }
  }

  @Override
  CompletableFuture<String> leaderAccordingTo(String node) {
    return ask(node, Frames.LEADER, 0, new byte[0])
        .thenApply(answer -> new String(answer, StandardCharsets.UTF_8));
  }

  @Override
  CompletableFuture<?> put(String node, long key, byte[] value) {
    return ask(node, Frames.PUT, key, value);
  }

  @Override
  Load load(String node) {
    return new DoorLoad(doors.get(node));
  }

  @Override
  synchronized void disconnect(String node) {
    DoorClient client = clients.remove(node);
    if (client != null) {
      try {
        client.close();
      } catch (IOException gone) {
        // As it should be.
      }
    }
  }
}
