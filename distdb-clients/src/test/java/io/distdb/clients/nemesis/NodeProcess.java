// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One node as a process in its own network, with a wall clock that libfaketime moves: it reads the
 * offset from a file once a second. Its waits go by the monotonic clock, which is left alone.
 */
final class NodeProcess {
  private static final String FAKE_TIME = "/faketime/libfaketimeMT.so.1";
  private static final int PORT = 5000;
  static final int SQL_PORT = 5433;
  static final String PASSWORD = "nemesis";

  private final int number;
  private final World world;
  private final Options options;
  private Process process;
  private boolean wanted;
  private int starts;

  NodeProcess(int number, World world, Options options) {
    this.number = number;
    this.world = world;
    this.options = options;
  }

  int number() {
    return number;
  }

  void configure() {
    String others =
        IntStream.rangeClosed(1, options.nodes())
            .mapToObj(i -> "n" + i + "@" + world.address(i) + ":" + PORT)
            .collect(Collectors.joining(","));
    write(
        configuration(),
        "node_id: n"
            + number
            + "\nhost: "
            + world.address(number)
            + "\nport: "
            + PORT
            + "\nsql_port: "
            + SQL_PORT
            + "\ndata_dir: "
            + world.disk(number).resolve("data")
            + "\nstorage: "
            + options.storage()
            + "\ndurability: sync\njournal_segment: 4MiB\ntls_mode: off\nauth_password: "
            + PASSWORD
            + "\n"
            + (options.nodes() == 1 ? "" : "cluster_nodes: " + others + "\nshards: 1\n"));
    clock(0);
  }

  String id() {
    return "n" + number;
  }

  /** Where other nodes reach it. */
  String address() {
    return world.address(number) + ":" + PORT;
  }

  /** Moves its wall clock from the next second on, whether it runs or not. */
  void clock(long offsetSeconds) {
    write(clockFile(), (offsetSeconds < 0 ? "" : "+") + offsetSeconds + "\n");
  }

  void start() {
    List<String> command =
        world.within(
            number,
            List.of(
                "env",
                "LD_PRELOAD=" + fakeTime(),
                "FAKETIME_TIMESTAMP_FILE=" + clockFile(),
                "FAKETIME_CACHE_DURATION=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "FAKETIME_FORCE_MONOTONIC_FIX=0",
                "DISTDB_JAVA_OPTS=-Xmx" + options.heap(),
                options.distdb().toString(),
                "start",
                "--config",
                configuration().toString()));
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
              .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    wanted = true;
    starts++;
  }

  /** SIGKILL; returns when the process is gone. */
  void kill() {
    wanted = false;
    if (process == null) {
      return;
    }
    process.destroyForcibly();
    boolean interrupted = false;
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException stop) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  void pause() {
    signal("-STOP");
  }

  void resume() {
    signal("-CONT");
  }

  /** Whether it ended though nobody ended it. */
  boolean endedByItself() {
    return wanted && !process.isAlive();
  }

  int exitCode() {
    return process.exitValue();
  }

  int starts() {
    return starts;
  }

  Path log() {
    return options.work().resolve("node-" + number + ".log");
  }

  private void signal(String signal) {
    if (process.isAlive()) {
      World.run(List.of("kill", signal, Long.toString(process.pid())));
    }
  }

  private Path configuration() {
    return options.work().resolve("node-" + number + ".yaml");
  }

  private Path clockFile() {
    return options.work().resolve("clock-" + number);
  }

  private static String fakeTime() {
    for (String folder : List.of("x86_64-linux-gnu", "aarch64-linux-gnu")) {
      Path library = Path.of("/usr/lib/" + folder + FAKE_TIME);
      if (Files.exists(library)) {
        return library.toString();
      }
    }
    throw new IllegalStateException("there is no libfaketime; install faketime");
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
