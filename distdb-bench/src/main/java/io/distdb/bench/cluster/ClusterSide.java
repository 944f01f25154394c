// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Three processes that replicate a map. */
abstract class ClusterSide implements AutoCloseable {
  static final List<String> NAMES = List.of("n1", "n2", "n3");
  private static final long START_SECONDS_MAX = 60;

  private final String name;
  final Map<String, NodeProcess> processes = new TreeMap<>();

  ClusterSide(String name) {
    this.name = name;
  }

  final String name() {
    return name;
  }

  /** Asks a node who leads; empty: it does not answer, or knows of nobody. */
  abstract CompletableFuture<String> leaderAccordingTo(String node);

  /** One put, to be answered once it is durable on a quorum. */
  abstract CompletableFuture<?> put(String node, long key, byte[] value);

  /** Clients of a node. */
  abstract Load load(String node);

  /** Ends connections to a node whose process is gone. */
  abstract void disconnect(String node);

  final void start() {
    processes.values().forEach(NodeProcess::start);
  }

  /** Waits until all living nodes name the same living leader. */
  final String awaitLeader() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS_MAX);
    while (System.nanoTime() < deadline) {
      List<String> answers =
          NAMES.stream()
              .filter(node -> processes.get(node).isAlive())
              .map(this::askLeader)
              .distinct()
              .toList();
      String leader = answers.size() == 1 ? answers.getFirst() : "";
      if (processes.containsKey(leader) && processes.get(leader).isAlive()) {
        return leader;
      }
      LockSupport.parkNanos(10_000_000);
    }
    StringBuilder why = new StringBuilder(name + ": nobody leads");
    processes.forEach(
        (node, process) -> why.append('\n').append(node).append(": ").append(process.said()));
    throw new IllegalStateException(why.toString());
  }

  private String askLeader(String node) {
    try {
      return leaderAccordingTo(node).get(1, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stop);
    } catch (java.util.concurrent.ExecutionException | TimeoutException none) {
      return "";
    }
  }

  final void kill(String node) {
    processes.get(node).kill();
    disconnect(node);
  }

  final void restart(String node) {
    processes.get(node).start();
  }

  final Duration cpu() {
    return processes.values().stream().map(NodeProcess::cpu).reduce(Duration.ZERO, Duration::plus);
  }

  @Override
  public void close() {
    processes.forEach((node, process) -> {
      if (process.isAlive()) {
        kill(node);
      }
    });
  }
}
