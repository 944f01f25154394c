// SPDX-License-Identifier: MIT
package io.distdb.testcluster.local;

import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Durability;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.client.Client;
import io.distdb.node.config.ClusterConfig;
import io.distdb.node.config.Config;
import io.distdb.node.config.ConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A cluster within this JVM, for tests of programs that use DistDB: the nodes are the shipped ones,
 * each with the whole of SQL, Raft, a journal and a storage engine; what is between them and below
 * them is in memory. So nodes can be killed, stopped, cut off, paused and given wrong clocks at
 * will, in milliseconds. Nodes are numbered from 1.
 *
 * <pre>{@code
 * try (LocalCluster cluster = LocalCluster.start(3)) {
 *   Client client = cluster.client();
 *   client.execute("CREATE TABLE account (id BIGINT PRIMARY KEY, balance BIGINT NOT NULL)");
 *   client.execute("INSERT INTO account VALUES (1, 100)");
 *   cluster.kill(cluster.leader());
 *   client.execute("UPDATE account SET balance = 90 WHERE id = 1"); // two of three go on
 * }
 * }</pre>
 *
 * <p>Time is real: another node leads a second or so after the death of the one that led. What a
 * node forces to its disk is there after its death, and nothing is there after the end of the JVM.
 * Clients may be used by any thread; the methods that make trouble by one at a time.
 */
public final class LocalCluster implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final long LOOK_NANOS = 2_000_000;
  private static final int JOURNAL_SEGMENT_BYTES = 1 << 20;

  /** What is said in the settings and never connected to: messages go through the JVM. */
  private static final int FIRST_PORT = 5000;

  private final LocalNetwork network = new LocalNetwork();
  private final Scheduler scheduler = Scheduler.threads();
  private final List<LocalNode> nodes = new ArrayList<>();
  private final boolean servesPostgres;
  private final Client client = Client.routed(this::bestClient);

  private LocalCluster(int count, boolean servesPostgres, UnaryOperator<ConfigBuilder> change) {
    this.servesPostgres = servesPostgres;
    List<ClusterConfig.Member> members =
        IntStream.rangeClosed(1, count)
            .mapToObj(
                number -> new ClusterConfig.Member(id(number), "127.0.0.1", FIRST_PORT + number))
            .toList();
    for (int number = 1; number <= count; number++) {
      nodes.add(
          new LocalNode(
              id(number), config(id(number), members, change), network, servesPostgres, number));
    }
  }

  private static NodeId id(int number) {
    return new NodeId("node-" + number);
  }

  private static Config config(
      NodeId id, List<ClusterConfig.Member> members, UnaryOperator<ConfigBuilder> change) {
    ConfigBuilder usual = Config.builder().journalSegmentBytes(JOURNAL_SEGMENT_BYTES);
    return change
        .apply(usual)
        .durability(Durability.SYNC)
        .nodeId(id.value())
        .clusterNodes(members)
        .build();
  }

  /**
   * Starts this many nodes, and returns when every one serves.
   *
   * @throws IllegalArgumentException not 1 to 9
   */
  public static LocalCluster start(int nodes) {
    return builder().nodes(nodes).start();
  }

  /** For a cluster that is otherwise than usual. */
  public static LocalClusterBuilder builder() {
    return new LocalClusterBuilder();
  }

  static LocalCluster start(
      int count, boolean servesPostgres, UnaryOperator<ConfigBuilder> change) {
    LocalCluster cluster = new LocalCluster(count, servesPostgres, change);
    boolean started = false;
    try {
      cluster.recover();
      started = true;
      return cluster;
    } finally {
      if (!started) {
        cluster.close();
      }
    }
  }

  // --- using it ---

  public int size() {
    return nodes.size();
  }

  /**
   * A client that goes to a node that lives, is not paused and reaches most of the others; when its
   * node dies, the next call goes to another. A call that was under way in the node that died ends
   * with {@code COMMIT_OUTCOME_UNKNOWN}, and is not made again. It is the same object each time,
   * and ends with the cluster.
   */
  public Client client() {
    return client;
  }

  /**
   * A client of one node, over all its lives: its calls get {@code CANNOT_CONNECT} while the node
   * is down, and wait while it is paused.
   *
   * @throws IllegalArgumentException there is no such node
   */
  public Client client(int number) {
    LocalNode node = node(number);
    return Client.routed(() -> serving(node));
  }

  private static Client serving(LocalNode node) {
    Client serving = node.client();
    if (serving == null) {
      throw new DistDbException(ErrorCode.CANNOT_CONNECT, node.id + " is down");
    }
    return serving;
  }

  private Client bestClient() {
    Client any = null;
    for (LocalNode node : nodes) {
      Client serving = node.isPaused() ? null : node.client();
      if (serving != null && reachesMost(node)) {
        return serving;
      }
      any = any == null ? serving : any;
    }
    if (any == null) {
      throw new DistDbException(ErrorCode.CANNOT_CONNECT, "no node of the cluster is up");
    }
    return any;
  }

  private boolean reachesMost(LocalNode node) {
    long reached =
        nodes.stream()
            .filter(other ->
                other == node
                    || (other.lives()
                        && !other.isPaused()
                        && network.connects(node.id, other.id)
                        && network.connects(other.id, node.id)))
            .count();
    return reached * 2 > nodes.size();
  }

  /**
   * Where PostgreSQL's clients find the cluster: a URL of all its nodes, for PostgreSQL's JDBC
   * driver, which goes to the next when one does not answer.
   *
   * @throws IllegalStateException {@link LocalClusterBuilder#servesPostgres} was not asked for
   */
  public String jdbcUrl() {
    return jdbcUrl(nodes);
  }

  /** As {@link #jdbcUrl()}, of one node; the same over all its lives. */
  public String jdbcUrl(int number) {
    return jdbcUrl(List.of(node(number)));
  }

  private String jdbcUrl(List<LocalNode> of) {
    if (!servesPostgres) {
      throw new IllegalStateException(
          "the cluster has no port for PostgreSQL's clients: build it with servesPostgres(true)");
    }
    return of.stream()
        .map(node -> "127.0.0.1:" + node.port())
        .collect(Collectors.joining(",", "jdbc:postgresql://", "/postgres?user=postgres"));
  }

  /**
   * The node that leads, and reaches most others; waits until there is one.
   *
   * @throws IllegalStateException none in a minute: too many are down, paused or cut off
   */
  public int leader() {
    await("no node leads", () -> found().isPresent());
    return found().orElseGet(this::leader);
  }

  private OptionalInt found() {
    return IntStream.rangeClosed(1, nodes.size())
        .filter(number -> node(number).leads() && reachesMost(node(number)))
        .findFirst();
  }

  private void await(String otherwise, BooleanSupplier condition) {
    long end = Clock.system().nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    Waiter pause = scheduler.newWaiter();
    while (!condition.getAsBoolean()) {
      if (Clock.system().nanoTime() - end > 0) {
        throw new IllegalStateException(otherwise + ": " + state());
      }
      pause.await(LOOK_NANOS);
    }
  }

  /** Whether the node serves; one that is paused or cut off does. */
  public boolean isUp(int number) {
    return node(number).client() != null;
  }

  // --- making trouble ---

  /**
   * Ends nodes as {@code kill -9} does: they say nothing and write nothing more, and what ran there
   * is lost. What they had written stays for {@link #restart}. Nodes that are down stay down.
   */
  public void kill(int... numbers) {
    named(numbers).forEach(LocalNode::kill);
  }

  /** Ends nodes in order: what runs there may end, as far as it does in ten seconds. */
  public void stop(int... numbers) {
    named(numbers).forEach(LocalNode::stop);
  }

  /**
   * Starts nodes that are down, together, and returns when they serve.
   *
   * @throws IllegalStateException too few live or can reach each other to go on, and so the start
   *     would wait for ever; or it took more than a minute, and what it waits for
   */
  public void restart(int... numbers) {
    List<LocalNode> down = named(numbers).stream().filter(node -> !node.lives()).toList();
    long up = nodes.stream().filter(LocalNode::lives).count() + down.size();
    if (!down.isEmpty() && up * 2 <= nodes.size()) {
      throw new IllegalStateException(
          up
              + " of "
              + nodes.size()
              + " nodes are no majority, and cannot serve: restart more of them in one call");
    }
    Map<LocalNode, CompletableFuture<Client>> starts = new LinkedHashMap<>();
    down.forEach(node -> starts.put(node, node.start()));
    starts.forEach(this::await);
  }

  private void await(LocalNode node, CompletableFuture<Client> start) {
    try {
      start.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException(
          node.id + " did not start in time, it waits for " + node.waitsFor() + "; " + state(),
          late);
    } catch (ExecutionException refused) {
      node.kill();
      throw refused.getCause() instanceof DistDbException known
          ? known
          : new IllegalStateException(node.id + " did not start", refused.getCause());
    } catch (InterruptedException interrupt) {
      Thread.currentThread().interrupt();
      throw new DistDbException(
          ErrorCode.QUERY_CANCELED, "interrupted while " + node.id + " started", interrupt);
    }
  }

  /** Cuts these nodes off from all others, both ways; among each other they are connected. */
  public void partition(int... numbers) {
    List<LocalNode> some = named(numbers);
    network.partition(
        some.stream().map(node -> node.id).toList(),
        nodes.stream().filter(node -> !some.contains(node)).map(node -> node.id).toList());
  }

  /** Lets every message from now on take so long, until {@link #heal}. */
  public void delayMillis(long millis) {
    network.delay(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  /**
   * Stops all threads of a node for a while, as a long collection of garbage or SIGSTOP does, and
   * returns at once. What comes to it meanwhile is there when it goes on.
   */
  public void pauseMillis(int number, long millis) {
    LocalNode node = node(number);
    scheduler.after(
        TimeUnit.MILLISECONDS.toNanos(millis), "end of a pause of " + node.id, node.pause());
  }

  /** Sets a node's wall clock this far ahead of the machine's; back, when it is negative. */
  public void skewClock(int number, Duration ahead) {
    node(number).skewMicros(ahead.toNanos() / 1_000);
  }

  /**
   * Ends partitions, delays, pauses and wrong clocks. Nodes that are down stay down: see {@link
   * #restart}.
   */
  public void heal() {
    network.heal();
    nodes.forEach(LocalNode::resume);
    nodes.forEach(node -> node.skewMicros(0));
  }

  /** Heals, starts all nodes that are down, and waits until all vote and one leads. */
  public void recover() {
    heal();
    restart(IntStream.rangeClosed(1, nodes.size()).toArray());
    await(
        "not every node votes",
        () -> nodes.stream().allMatch(node -> node.seesVoters(nodes.size())));
    leader();
  }

  private List<LocalNode> named(int... numbers) {
    return Arrays.stream(numbers).distinct().mapToObj(this::node).toList();
  }

  private LocalNode node(int number) {
    if (number < 1 || number > nodes.size()) {
      throw new IllegalArgumentException(
          "there is no node " + number + ", they are 1 to " + nodes.size());
    }
    return nodes.get(number - 1);
  }

  private String state() {
    return nodes.stream()
        .map(node ->
            node.id
                + (node.client() != null
                    ? node.isPaused() ? " is paused" : " serves"
                    : " waits for " + node.waitsFor()))
        .collect(Collectors.joining(", "));
  }

  /** Ends all nodes at once; nothing of them is left. May be called twice. */
  @Override
  public void close() {
    client.close();
    nodes.forEach(LocalNode::kill);
  }
}
