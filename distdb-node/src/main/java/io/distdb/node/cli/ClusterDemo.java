// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.client.Client;
import io.distdb.client.Result;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import picocli.CommandLine;

/**
 * The guided run of a cluster; each chapter is a method. Three processes under a steady load: the
 * leader is killed, a follower is wiped and rebuilt, a node comes and another goes.
 */
final class ClusterDemo {
  private static final int NODES_FIRST = 3;
  private static final int WRITERS = 8;
  private static final int COLUMNS = 72;
  private static final int ERRORS_MAX = 5;
  private static final long SECOND = 1_000_000_000;
  private static final long STEP_NANOS_MAX = 60 * SECOND;
  private static final long RESUME_NANOS_MAX = 10 * SECOND;
  private static final long LOAD_NANOS = 4 * SECOND;
  private static final long LOOK_NANOS = SECOND / 20;

  private static final String LEADER = "SELECT node FROM distdb.cluster_members WHERE leads";
  private static final String VOTERS =
      "SELECT node FROM distdb.cluster_members WHERE state = 'voter'";

  private final Narrator narrator;
  private final Clock clock = Clock.system();
  private final Scheduler scheduler = Scheduler.threads();
  private final Waiter pause = scheduler.newWaiter();
  private final List<DemoNode> nodes;
  private final List<LatencyChart.Mark> marks = new ArrayList<>();

  ClusterDemo(Path directory, PrintWriter out) throws IOException {
    this.narrator = new Narrator(out, clock);
    this.nodes = DemoNode.of(NODES_FIRST + 1, directory);
    narrator.say("DistDB %s. Data and logs: %s", Main.version(), directory);
    narrator.say("Every commit is forced to the disks of two nodes before it is acknowledged.");
  }

  /** Whether every check held. No process is left. */
  boolean run() throws IOException {
    try {
      begin();
      try (Client client = Client.connect(url(nodes))) {
        client.execute("CREATE TABLE ledger (id BIGINT PRIMARY KEY, note TEXT)");
        underLoad(client);
      }
      return narrator.conclude();
    } finally {
      for (DemoNode node : nodes) {
        node.kill();
      }
    }
  }

  private void underLoad(Client client) throws IOException {
    long began = clock.nanoTime();
    try (SteadyLoad load = new SteadyLoad(client, scheduler, clock, WRITERS)) {
      work(load);
      killTheLeader(load);
      rebuildAFollower(load);
      oneComesOneGoes(load);
      work(load);
      load.close();
      conclude(load, began);
    }
  }

  private void begin() throws IOException {
    narrator.heading("Three processes");
    long began = clock.nanoTime();
    List<DemoNode> first = nodes.subList(0, NODES_FIRST);
    for (DemoNode node : first) {
      node.configure(first);
      node.start();
      narrator.say("%s is process %d, SQL at %s", node.id(), node.pid(), node.sqlAddress());
    }
    boolean ready = await(() -> first.stream().allMatch(this::answers));
    narrator.check(String.format("every node answers queries after %.1f s", seconds(began)), ready);
  }

  /** Under load, nothing else. */
  private void work(SteadyLoad load) {
    long from = clock.nanoTime();
    await(() -> clock.nanoTime() - from >= LOAD_NANOS);
    List<Long> latencies =
        load.samples().stream()
            .filter(sample -> sample.begunNanos() >= from)
            .map(SteadyLoad.Sample::latencyNanos)
            .sorted()
            .toList();
    narrator.check("the load goes on", !latencies.isEmpty());
    if (!latencies.isEmpty()) {
      narrator.say(
          "%,d rows in %.0f s; half of them within %.1f ms, 99 of 100 within %.1f ms.",
          latencies.size(),
          LOAD_NANOS / 1e9,
          latencies.get(latencies.size() / 2) / 1e6,
          latencies.get(latencies.size() * 99 / 100) / 1e6);
    }
  }

  private void killTheLeader(SteadyLoad load) throws IOException {
    narrator.heading("SIGKILL for the leader");
    DemoNode leader = leader();
    List<SteadyLoad.Sample> before = load.samples();
    long killed = mark('K', leader.id() + ", the leader, is killed");
    leader.kill();
    boolean resumed = await(() -> load.begunSince(killed) > 0);
    double seconds =
        (load.samples().stream()
                    .filter(sample -> sample.begunNanos() >= killed)
                    .mapToLong(SteadyLoad.Sample::acknowledgedNanos)
                    .min()
                    .orElse(clock.nanoTime())
                - killed)
            / 1e9;
    narrator.check(
        String.format(
            "%s is killed after %,d rows; writes resume after %.2f s",
            leader.id(), before.size(), seconds),
        resumed && seconds <= RESUME_NANOS_MAX / 1e9);
    narrator.say("%s leads now.", leader().id());
    for (DemoNode node : running()) {
      checkRows(node, before);
    }
    leader.start();
    long started = mark('R', leader.id() + " starts again");
    narrator.check("it answers queries again", await(() -> answers(leader)));
    narrator.say("That took %.1f s; what it missed came from the others.", seconds(started));
    checkRows(leader, load.samples());
  }

  private void rebuildAFollower(SteadyLoad load) throws IOException {
    narrator.heading("A follower loses its disk");
    DemoNode follower = follower();
    follower.kill();
    follower.wipe();
    mark('W', follower.id() + " is killed and its data deleted");
    narrator.say(
        "%s is killed, its data is deleted. Its votes and promises are gone with", follower.id());
    narrator.say("them, so it comes back as a new member:");
    cluster("remove", follower.id());
    checkMembers(running());
    cluster("add", follower.member());
    long started = clock.nanoTime();
    follower.start();
    narrator.check(follower.id() + " answers queries again", await(() -> answers(follower)));
    mark('B', follower.id() + " is rebuilt");
    narrator.say("That took %.1f s.", seconds(started));
    checkRows(follower, load.samples());
    checkMembers(running());
  }

  private void oneComesOneGoes(SteadyLoad load) throws IOException {
    narrator.heading("A node comes, another goes");
    DemoNode fourth = nodes.get(NODES_FIRST);
    fourth.configure(nodes);
    cluster("add", fourth.member());
    mark('A', fourth.id() + " is added");
    fourth.start();
    narrator.check(fourth.id() + " answers queries", await(() -> answers(fourth)));
    checkRows(fourth, load.samples());
    checkMembers(running());
    DemoNode leaving = follower();
    cluster("remove", leaving.id());
    checkMembers(running().stream().filter(node -> node != leaving).toList());
    mark('D', leaving.id() + " is removed");
    leaving.kill();
    cluster("status");
  }

  private void conclude(SteadyLoad load, long began) {
    narrator.heading("What the clients saw");
    List<SteadyLoad.Sample> samples = load.samples();
    LatencyChart.lines(samples, marks, began, clock.nanoTime(), COLUMNS).forEach(narrator::line);
    narrator.say("");
    narrator.say(
        "%,d rows were acknowledged; %,d times a row was tried again.",
        samples.size(), load.repeated());
    load.errors().stream().limit(ERRORS_MAX).forEach(narrator::line);
    narrator.check(
        "no client got an error that it could not try again after", load.errors().isEmpty());
    for (DemoNode node : running()) {
      checkRows(node, samples);
    }
  }

  /** Reads through this node, which must have everything that was acknowledged to anybody. */
  private void checkRows(DemoNode node, List<SteadyLoad.Sample> acknowledged) {
    try (Client client = Client.connect(url(List.of(node)))) {
      Set<Long> found =
          new HashSet<>(client.query("SELECT id FROM ledger").toList(row -> row.getLong(0)));
      long kept = acknowledged.stream().filter(sample -> found.contains(sample.id())).count();
      narrator.check(
          String.format(
              "%s shows %,d of %,d acknowledged rows", node.id(), kept, acknowledged.size()),
          kept == acknowledged.size());
    }
  }

  /** Who leads, as any node says; waits for an election to end. */
  private DemoNode leader() {
    AtomicReference<String> id = new AtomicReference<>("");
    await(() -> {
      id.set(leaderNow());
      return !id.get().isEmpty();
    });
    return nodes.stream()
        .filter(node -> node.id().equals(id.get()))
        .findFirst()
        .orElseThrow(
            () -> new DistDbException(ErrorCode.CANNOT_CONNECT_NOW, "no node leads for a minute"));
  }

  private String leaderNow() {
    try (Client client = Client.connect(url(running()))) {
      return client.query(LEADER).toList(row -> row.getString(0)).stream().findFirst().orElse("");
    } catch (DistDbException notYet) {
      return "";
    }
  }

  private DemoNode follower() {
    DemoNode leader = leader();
    return running().stream().filter(node -> node != leader).findFirst().orElseThrow();
  }

  /** Runs {@code ./distdb cluster}, shows it and what it prints, and returns that. */
  private String cluster(String... words) {
    StringWriter said = new StringWriter();
    PrintWriter target = new PrintWriter(said, true);
    List<String> arguments = new ArrayList<>(List.of("cluster"));
    arguments.addAll(List.of(words));
    // The leader knows most.
    DemoNode leader = leader();
    List<DemoNode> asked = new ArrayList<>(List.of(leader));
    running().stream().filter(node -> node != leader).forEach(asked::add);
    arguments.addAll(List.of("--url", url(asked)));
    int code =
        new CommandLine(new Main())
            .setOut(target)
            .setErr(target)
            .execute(arguments.toArray(String[]::new));
    narrator.line("$ ./distdb cluster " + String.join(" ", words) + " --url …");
    said.toString().lines().forEach(narrator::line);
    narrator.check("exit code 0", code == 0);
    return said.toString();
  }

  /** Waits until the members vote that shall, and no others are there. */
  private void checkMembers(List<DemoNode> wanted) {
    Set<String> ids = wanted.stream().map(DemoNode::id).collect(Collectors.toSet());
    boolean voting =
        await(() -> {
          try (Client client = Client.connect(url(wanted))) {
            return ids.equals(new HashSet<>(client.query(VOTERS).toList(row -> row.getString(0))));
          } catch (DistDbException notYet) {
            return false;
          }
        });
    narrator.check("those who vote are " + new TreeSet<>(ids), voting);
  }

  private List<DemoNode> running() {
    return nodes.stream().filter(DemoNode::isAlive).toList();
  }

  private static String url(List<DemoNode> nodes) {
    return nodes.stream()
        .map(DemoNode::sqlAddress)
        .collect(
            Collectors.joining(
                ",",
                "postgresql://postgres:none@",
                "/postgres?sslmode=disable&connectTimeout=1&socketTimeout=10"));
  }

  private boolean answers(DemoNode node) {
    try (Client client = Client.connect(url(List.of(node)));
        Result result = client.query("SELECT count(*) FROM pg_class")) {
      return result.next();
    } catch (DistDbException notYet) {
      return false;
    }
  }

  /** Whether it came true within a minute. */
  private boolean await(BooleanSupplier condition) {
    long end = clock.nanoTime() + STEP_NANOS_MAX;
    while (!condition.getAsBoolean()) {
      if (clock.nanoTime() >= end) {
        return false;
      }
      pause.await(LOOK_NANOS);
    }
    return true;
  }

  private long mark(char letter, String what) {
    long now = clock.nanoTime();
    marks.add(new LatencyChart.Mark(now, letter, what));
    return now;
  }

  private double seconds(long since) {
    return (clock.nanoTime() - since) / 1e9;
  }
}
