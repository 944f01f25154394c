// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.node.config.ClusterConfig;
import io.distdb.node.config.Config;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Nodes in this process, over gRPC, each with a directory below one and a loopback address of its
 * own: no port of another process is in the way.
 */
final class NodesOfACluster implements AutoCloseable {
  /** Addresses of this process; the last two numbers tell clusters and nodes apart. */
  private static final String NETWORK = "127." + (1 + ProcessHandle.current().pid() % 250);

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final int PORT = 5000;
  private static final long PATIENCE_NANOS = 120_000_000_000L;
  private static final long LOOK_NANOS = 50_000_000;

  private final Path home;
  private final Scheduler scheduler = Scheduler.threads();
  private final Map<String, Life> lives = new ConcurrentHashMap<>();
  private final int number = NUMBERS.incrementAndGet();

  /** Signalled when a start has come to something. */
  private final Waiter news = scheduler.newWaiter();

  /** One life of a node, whose start may still wait. */
  private static final class Life {
    private volatile boolean ends;
    private volatile String waitsFor = "";
    private volatile Node node;
    private volatile RuntimeException failure;
    private Scheduler.Task starter;
  }

  NodesOfACluster(Path home) {
    this.home = home;
  }

  private String host(String id) {
    return NETWORK + "." + (number & 0xff) + "." + (id.charAt(0) - 'a' + 1);
  }

  Config config(String id, String... members) {
    return Config.builder()
        .directory(home.resolve(id))
        .nodeId(id)
        .host(host(id))
        .port(PORT)
        .clusterNodes(
            List.of(members).stream()
                .map(member -> new ClusterConfig.Member(new NodeId(member), host(member), PORT))
                .toList())
        .build();
  }

  /** Starts it in a thread of its own: a start may wait for the other nodes. */
  void start(Config config) {
    start(config, Surroundings.system(config));
  }

  void start(Config config, Surroundings within) {
    NodeId id = config.cluster().nodeId();
    Life life = new Life();
    lives.put(id.value(), life);
    Surroundings surroundings =
        within.withWatch(what -> {
          life.waitsFor = what;
          news.signal();
          if (life.ends) {
            throw new DistDbException(ErrorCode.SHUTTING_DOWN, "the test ends it");
          }
        });
    life.starter =
        scheduler.start(
            "start " + id,
            () -> {
              try {
                life.node = Node.start(config, surroundings);
              } catch (RuntimeException failure) {
                life.failure = failure;
              }
              news.signal();
            });
  }

  /** The first of these that serves. */
  String awaitServing(String... ids) {
    return await(() -> {
      for (String id : ids) {
        if (node(id) != null) {
          return id;
        }
      }
      return null;
    });
  }

  /** What the start of a node waits for, as soon as that contains all of {@code parts}. */
  String awaitWaiting(String id, String... parts) {
    return await(() -> {
      String waitsFor = lives.get(id).waitsFor;
      return Stream.of(parts).allMatch(waitsFor::contains) ? waitsFor : null;
    });
  }

  /** Why the start of a node has failed, as soon as it has. */
  RuntimeException awaitRefusal(String id) {
    return await(() -> lives.get(id).failure);
  }

  /** Who leads, as soon as somebody says of itself that it does. */
  String leader() {
    return await(() ->
        lives.entrySet().stream()
            .filter(life -> life.getValue().node != null && life.getValue().node.leads())
            .map(Map.Entry::getKey)
            .findAny()
            .orElse(null));
  }

  /** Waits until the group has so many voters, as a node sees it. */
  void awaitVoters(String id, int count) {
    await(() ->
        node(id).group().orElseThrow().status().voters().size() == count ? Boolean.TRUE : null);
  }

  String address(String id) {
    return host(id) + ":" + PORT;
  }

  /** Asks until the answer is this; a machine that stalls may change the leader meanwhile. */
  void awaitAnswer(String id, String sql, List<String> expected) {
    await(() -> {
      try {
        return execute(id, sql).equals(expected) ? Boolean.TRUE : null;
      } catch (DistDbException noLeader) {
        assertThat(noLeader.code())
            .isIn(ErrorCode.CANNOT_CONNECT_NOW, ErrorCode.SERIALIZATION_FAILURE);
        return null;
      }
    });
  }

  /** Nothing of its directory is left. */
  void wipe(String id) {
    try (Stream<Path> files = Files.walk(home.resolve(id))) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Null: it does not serve yet. */
  Node node(String id) {
    Life life = lives.get(id);
    if (life == null) {
      return null;
    }
    if (life.failure != null && !life.ends) {
      throw new AssertionError("node " + id + " did not start", life.failure);
    }
    return life.node;
  }

  /** Looks again and again, until it is so. */
  void awaitTrue(BooleanSupplier condition) {
    await(() -> condition.getAsBoolean() ? Boolean.TRUE : null);
  }

  private <T> T await(Supplier<T> look) {
    long began = System.nanoTime();
    while (true) {
      T found = look.get();
      if (found != null) {
        return found;
      }
      if (System.nanoTime() - began > PATIENCE_NANOS) {
        throw new AssertionError("nothing came; starts wait for " + waits());
      }
      news.await(LOOK_NANOS);
    }
  }

  private Map<String, String> waits() {
    return lives.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, life -> life.getValue().waitsFor));
  }

  /** Runs statements in turn; the first column of the last one's rows, none of a command. */
  List<String> execute(String id, String... statements) {
    List<String> column = new ArrayList<>();
    try (Session session = node(id).database().newSession()) {
      for (String sql : statements) {
        column.clear();
        if (session.execute(sql) instanceof StatementResult.Rows rows) {
          while (rows.rows().next()) {
            column.add(rows.rows().text(0));
          }
        }
      }
    }
    return column;
  }

  /** Nothing is said to the others. */
  void kill(String id) {
    Life life = lives.remove(id);
    life.ends = true;
    life.starter.join();
    if (life.node != null) {
      life.node.close();
    }
  }

  @Override
  public void close() {
    List.copyOf(lives.keySet()).forEach(this::kill);
  }
}
