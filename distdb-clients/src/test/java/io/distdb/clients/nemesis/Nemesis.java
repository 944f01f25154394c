// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import io.distdb.api.txn.IsolationLevel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts real nodes, lets clients work while it strikes the nodes, makes everything good, demands
 * that every client gets on within seconds, and judges the histories. Exit code 0: everything held.
 */
public final class Nemesis {
  private static final int DISK_MEGABYTES = 400;
  private static final long BEFORE_FAULTS_SECONDS = 3;

  /**
   * From the end of faults until clients are answered, besides twice what the nodes took to start
   * at first: on a busy machine that is most of it.
   */
  private static final long RESUME_SECONDS_MAX = 10;

  private static final int READ_ATTEMPTS = 5;

  private final Options options;
  private final Say say = new Say(System.out);
  private final Findings findings = new Findings(say);
  private final Progress progress = new Progress();
  private final World world;
  private final Cluster cluster;
  private final Faults faults;
  private final Clients clients;
  private final List<Workload> workloads =
      List.of(
          new RegisterWorkload(progress),
          new ListWorkload(IsolationLevel.SERIALIZABLE, progress),
          new ListWorkload(IsolationLevel.REPEATABLE_READ, progress),
          new BankWorkload(progress),
          new SetWorkload(progress));
  private double healedSeconds;

  private Nemesis(Options options) {
    this.options = options;
    this.world = new World(options);
    this.cluster = new Cluster(world, options, findings);
    this.faults = new Faults(cluster, world, options, say, progress, findings);
    this.clients = new Clients(cluster, options, findings);
  }

  public static void main(String[] arguments) throws Exception {
    Options options = Options.of(arguments);
    Nemesis nemesis = new Nemesis(options);
    Thread cleaner = Thread.ofPlatform().unstarted(nemesis::cleanUp);
    Runtime.getRuntime().addShutdownHook(cleaner);
    System.exit(nemesis.run() ? 0 : 1);
  }

  private boolean run() throws IOException, InterruptedException, SQLException {
    say.line(
        "%d node(s), %d s of faults, seed %d; everything is in %s",
        options.nodes(), options.seconds(), options.seed(), options.work());
    world.up(DISK_MEGABYTES);
    long started = System.nanoTime();
    cluster.start();
    cluster.awaitReady();
    long limit = TimeUnit.SECONDS.toNanos(RESUME_SECONDS_MAX) + 2 * (System.nanoTime() - started);
    say.line(
        "every node answers; after a fault clients have to be answered in %.0f s", limit / 1e9);
    createTables();
    workloads.forEach(workload -> clients.start(workload, cluster.size() == 1 ? 3 : 2));
    TimeUnit.SECONDS.sleep(BEFORE_FAULTS_SECONDS);
    faults.run(System.nanoTime() + TimeUnit.SECONDS.toNanos(options.seconds()), limit);
    demandProgress(limit);
    clients.stop();
    readAll();
    writeHistories();
    Report report = new Report(options, cluster, say, faults, progress, findings);
    boolean held = report.print(workloads, clients, healedSeconds);
    cluster.kill();
    world.down();
    if (held && !options.keep()) {
      delete(options.work());
    }
    return held;
  }

  private void createTables() throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(cluster.urlOfAny(), "postgres", NodeProcess.PASSWORD)) {
      for (Workload workload : workloads) {
        workload.create(connection);
      }
    }
  }

  private void demandProgress(long limit) throws InterruptedException {
    say.line("no more faults: every client has to be answered");
    long healed = System.nanoTime();
    long end = healed + limit;
    List<String> waiting = clients.waitingSince(healed);
    while (!waiting.isEmpty() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(20);
      waiting = clients.waitingSince(healed);
    }
    healedSeconds = (System.nanoTime() - healed) / 1e9;
    if (!waiting.isEmpty()) {
      findings.add("not answered within %.0f s of the end of faults: %s", limit / 1e9, waiting);
    }
    TimeUnit.SECONDS.sleep(BEFORE_FAULTS_SECONDS);
    cluster.restartWhatEnded();
  }

  /** Through every node. */
  private void readAll() throws InterruptedException {
    for (Workload workload : workloads) {
      for (NodeProcess node : cluster.nodes()) {
        readAll(workload, node.number());
      }
    }
  }

  private void readAll(Workload workload, int node) throws InterruptedException {
    Tally tally = new Tally();
    for (int attempt = 1; attempt <= READ_ATTEMPTS; attempt++) {
      try (Link link = new Link(cluster.url(node), tally)) {
        workload.readAll(link, -node);
        return;
      } catch (SQLException failure) {
        say.line("%s at n%d, read at the end: %s", workload.name(), node, failure.getMessage());
        TimeUnit.SECONDS.sleep(1);
      }
    }
    findings.add("%s cannot be read through n%d at the end", workload.name(), node);
  }

  private void writeHistories() throws IOException {
    for (Workload workload : workloads) {
      Path file = options.work().resolve(workload.name().replace(' ', '-') + ".history");
      try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
        workload.write(out);
      }
    }
  }

  /** When the process ends, however it does. */
  private void cleanUp() {
    cluster.kill();
    world.down();
  }

  private static void delete(Path directory) throws IOException {
    try (var below = Files.walk(directory)) {
      for (Path path : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
