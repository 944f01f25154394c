// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A node of the demo's cluster: a process on the loopback address, with a directory of its own. */
final class DemoNode {
  private static final String HOST = "127.0.0.1";

  private final String id;
  private final Path directory;
  private final int port;
  private final int sqlPort;
  private Process process;

  private DemoNode(String id, Path directory, int port, int sqlPort) {
    this.id = id;
    this.directory = directory;
    this.port = port;
    this.sqlPort = sqlPort;
  }

  /**
   * {@code count} nodes, n1 and so on, at ports that are free now, in folders of {@code parent}.
   */
  static List<DemoNode> of(int count, Path parent) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      for (int i = 0; i < 2 * count; i++) {
        held.add(new ServerSocket(0, 1, InetAddress.getByName(HOST)));
      }
      List<DemoNode> nodes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String id = "n" + (i + 1);
        nodes.add(
            new DemoNode(
                id,
                parent.resolve(id),
                held.get(2 * i).getLocalPort(),
                held.get(2 * i + 1).getLocalPort()));
      }
      return nodes;
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  String id() {
    return id;
  }

  long pid() {
    return process.pid();
  }

  /** Where other nodes reach it, as {@code cluster_nodes} has it. */
  String member() {
    return id + "@" + HOST + ":" + port;
  }

  /** Where clients reach it. */
  String sqlAddress() {
    return HOST + ":" + sqlPort;
  }

  Path log() {
    return directory.resolve("node.log");
  }

  Path configuration() {
    return directory.resolve("node.yaml");
  }

  /** Writes its configuration; the cluster begins with {@code members}. */
  void configure(List<DemoNode> members) throws IOException {
    Files.createDirectories(directory);
    String cluster = members.stream().map(DemoNode::member).collect(Collectors.joining(","));
    Files.writeString(
        configuration(),
        String.join(
            "\n",
            "node_id: " + id,
            "host: " + HOST,
            "port: " + port,
            "sql_port: " + sqlPort,
            "data_dir: " + data(),
            "cluster_nodes: " + cluster,
            "shards: 1",
            ""));
  }

  /** Starts the process; it writes to {@link #log}. */
  void start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-Dlogback.configurationFile=io/distdb/node/cli/logback.xml",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "start",
            "--insecure",
            "--config",
            configuration().toString());
    // What the user's own node is told is not for these.
    builder.environment().keySet().removeIf(name -> name.startsWith("DISTDB_"));
    process =
        builder
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
  }

  /** SIGKILL; returns when the process is gone. Harmless before {@link #start}. */
  void kill() throws IOException {
    if (process != null) {
      process.toHandle().destroyForcibly();
      Programs.waitFor(process);
    }
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Deletes its data. It must not run. */
  void wipe() {
    Demo.delete(data());
  }

  private Path data() {
    return directory.resolve("data");
  }
}
