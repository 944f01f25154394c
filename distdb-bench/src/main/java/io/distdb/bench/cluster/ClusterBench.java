// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** {@code distdb-bench/cluster}: rounds of every side in turns, then a table. */
public final class ClusterBench {
  private static final String USAGE =
      """
      usage: distdb-bench/cluster [quick|full] [--sides distdb,etcd,ratis,sofajraft]
                             [--cases put-1,put-64,put-256,get-1,get-256,
                                      lease-get-1,lease-get-256,outage,alone]
                             [--rounds N] [--millis N] [--kills N]

      DistDB's replicated log beside etcd, Apache Ratis and SOFAJRaft: three processes each on
      loopback, all clients in this one, everything forced before it is acknowledged.
      lease-get: DistDB, Ratis and SOFAJRaft with leases, whose leaders ask nobody while they hold
      one, in processes of their own; etcd has no such reads that are linearizable.
      quick: rounds of one second, the leader killed 5 times (about 5 minutes).
      full: rounds of four seconds, the leader killed 50 times (about half an hour).
      """;

  private static final List<String> SIDES = List.of("distdb", "etcd", "ratis", "sofajraft");

  private final PrintStream out;
  private final Path directory;
  private List<String> names = SIDES;
  private List<String> cases = List.of();
  private int rounds = 5;
  private long millis = 1_000;
  private int kills = 5;

  private ClusterBench(PrintStream out, Path directory) {
    this.out = out;
    this.directory = directory;
  }

  public static void main(String[] words) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    if (words.length > 0 && List.of("help", "--help", "-h").contains(words[0])) {
      out.print(USAGE);
      return;
    }
    Path directory = Files.createTempDirectory("distdb-cluster");
    try {
      ClusterBench bench = new ClusterBench(out, directory);
      if (bench.read(words)) {
        bench.run();
      } else {
        System.err.print(USAGE);
      }
    } finally {
      if (!Boolean.getBoolean("distdb.bench.keep")) {
        delete(directory);
      }
    }
    System.exit(0); // Channels of gRPC keep threads.
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private boolean read(String[] words) {
    for (int i = 0; i < words.length; i++) {
      boolean more = i + 1 < words.length;
      switch (words[i]) {
        case "quick" -> {
          millis = 1_000;
          kills = 5;
        }
        case "full" -> {
          millis = 4_000;
          kills = 50;
        }
        case "--sides" -> names = more ? List.of(words[++i].split(",")) : List.of();
        case "--cases" -> cases = more ? List.of(words[++i].split(",")) : List.of();
        case "--rounds" -> rounds = more ? Integer.parseInt(words[++i]) : 0;
        case "--millis" -> millis = more ? Long.parseLong(words[++i]) : 0;
        case "--kills" -> kills = more ? Integer.parseInt(words[++i]) : 0;
        default -> {
          return false;
        }
      }
    }
    return rounds > 0 && millis > 0 && SIDES.containsAll(names);
  }

  private boolean wants(String name) {
    return cases.isEmpty() || cases.contains(name);
  }

  private void run() throws IOException {
    out.printf(
        "%nJava %s, %d processors, %d rounds of %d ms after one of twice that to warm up.%n",
        Runtime.version(), Runtime.getRuntime().availableProcessors(), rounds, millis);
    List<ClusterCase> wanted = ClusterCase.ALL.stream().filter(each -> wants(each.name())).toList();
    if (!wanted.isEmpty() || wants("outage")) {
      ClusterTable table = new ClusterTable(names);
      List<ClusterCase> plain = wanted.stream().filter(each -> !each.leases()).toList();
      if (!plain.isEmpty() || wants("outage")) {
        measure(false, plain, table);
      }
      List<ClusterCase> byLease = wanted.stream().filter(ClusterCase::leases).toList();
      if (!byLease.isEmpty()) {
        measure(true, byLease, table);
      }
      table.print(out);
    }
    if (wants("alone")) {
      new AloneBench(out, directory, rounds).run();
    }
  }

  /**
   * Those with leases are up while those without are not, so that they do not disturb each other.
   */
  private void measure(boolean leases, List<ClusterCase> wanted, ClusterTable table)
      throws IOException {
    List<ClusterSide> sides = new ArrayList<>();
    try {
      for (String name : names) {
        if (!leases || !name.equals("etcd")) {
          sides.add(side(name, leases));
        }
      }
      measure(sides, wanted, table);
      if (!leases && wants("outage")) {
        measureOutages(sides, table);
      }
    } finally {
      sides.forEach(ClusterSide::close);
    }
  }

  private ClusterSide side(String name, boolean leases) throws IOException {
    Path own = directory.resolve(leases ? name + "-leases" : name);
    String peers = System.getProperty("distdb.bench.peers", "");
    return switch (name) {
      case "distdb" ->
          new DoorSide(
              name, System.getProperty("java.class.path"), DistDbNode.class.getName(), own, leases);
      case "etcd" -> new EtcdSide(own);
      case "ratis" -> new DoorSide(name, peers, "io.distdb.bench.peer.RatisNode", own, leases);
      default -> new DoorSide(name, peers, "io.distdb.bench.peer.SofaJRaftNode", own, leases);
    };
  }

  private void measure(List<ClusterSide> sides, List<ClusterCase> wanted, ClusterTable table) {
    for (ClusterSide side : sides) {
      side.start();
      side.awaitLeader();
    }
    for (int round = 0; round <= rounds && !wanted.isEmpty(); round++) {
      for (ClusterCase what : wanted) {
        for (ClusterSide side : sides) {
          measure(side, what, round, table);
        }
      }
    }
  }

  private void measureOutages(List<ClusterSide> sides, ClusterTable table) {
    Random random = new Random();
    for (int kill = 0; kill < kills; kill++) {
      for (ClusterSide side : sides) {
        System.err.printf("kill %d of %d: %s%n", kill + 1, kills, side.name());
        table.addOutage(side.name(), Outage.measure(side, random.nextLong(500_000_000)));
      }
    }
  }

  private void measure(ClusterSide side, ClusterCase what, int round, ClusterTable table) {
    Load load = side.load(side.awaitLeader());
    long nanos = millis * 1_000_000 * (round == 0 ? 2 : 1);
    long cpuBefore = side.cpu().toNanos();
    Load.Sample sample = load.run(what.kind(), what.clients(), nanos);
    double cpuMicros = (side.cpu().toNanos() - cpuBefore) / 1e3 / sample.count();
    System.err.printf(
        "round %d of %d: %-26s %-10s %,10.0f a second, %,7.0f us, %,6.0f us of processor%n",
        round,
        rounds,
        what.title(),
        side.name(),
        sample.perSecond(),
        sample.latency(0.5),
        cpuMicros);
    if (round > 0) {
      table.add(what, side.name(), sample, cpuMicros);
    }
  }
}
