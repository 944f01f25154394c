// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import io.distdb.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** Strikes the nodes, one fault or two at a time, and makes good again, until the time is up. */
final class Faults {
  private static final double SECOND_FAULT = 0.25;
  private static final long REST_MILLIS_MIN = 1_500;
  private static final long REST_MILLIS_MAX = 6_000;

  /**
   * What was struck, when, on the clock of the histories.
   *
   * @param resumedNanos from its end until a write was acknowledged
   */
  record Struck(FaultKind kind, String what, long fromNanos, long toNanos, long resumedNanos) {}

  private final Cluster cluster;
  private final Members members;
  private final World world;
  private final SeededRandom random;
  private final List<FaultKind> kinds;
  private final Say say;
  private final Progress progress;
  private final Findings findings;
  private final List<Struck> struck = new ArrayList<>();

  Faults(
      Cluster cluster,
      World world,
      Options options,
      Say say,
      Progress progress,
      Findings findings) {
    this.cluster = cluster;
    this.members = new Members(cluster, say);
    this.world = world;
    this.random = new SeededRandom(options.seed()).fork("faults");
    this.kinds = List.copyOf(options.kinds());
    this.say = say;
    this.progress = progress;
    this.findings = findings;
  }

  List<Struck> struck() {
    return List.copyOf(struck);
  }

  Map<FaultKind, Integer> counts() {
    Map<FaultKind, Integer> counts = new EnumMap<>(FaultKind.class);
    struck.forEach(fault -> counts.merge(fault.kind(), 1, Integer::sum));
    return counts;
  }

  /**
   * Until {@code endNanos}; everything is well again when it returns.
   *
   * @param limitNanos from the end of a fault until a write is acknowledged, starts of nodes
   *     included
   */
  void run(long endNanos, long limitNanos) throws InterruptedException {
    while (System.nanoTime() < endNanos && !kinds.isEmpty()) {
      round(limitNanos);
      TimeUnit.MILLISECONDS.sleep(random.between(REST_MILLIS_MIN, REST_MILLIS_MAX));
      cluster.restartWhatEnded();
    }
  }

  private void round(long limitNanos) throws InterruptedException {
    List<Fault> faults = new ArrayList<>();
    faults.add(Fault.draw(random, kinds, cluster.size()));
    if (random.chance(SECOND_FAULT)) {
      Fault second = Fault.draw(random, kinds, cluster.size());
      if (faults.get(0).kind().goesWith(second.kind())) {
        faults.add(second);
      }
    }
    if (faults.get(0).kind() == FaultKind.WIPE && !members.awaitAllVote()) {
      // With one that does not vote yet, what is left would be no quorum.
      say.line("no wipe: not every node votes");
      return;
    }
    OptionalInt leader = cluster.leader();
    List<Runnable> ends = new ArrayList<>();
    List<Struck> begun = new ArrayList<>();
    for (Fault fault : faults) {
      int node = fault.atLeader() ? leader.orElse(fault.node()) : fault.node();
      String what = describe(fault, node, leader);
      say.line(what);
      begun.add(new Struck(fault.kind(), what, System.nanoTime(), 0, 0));
      ends.add(strike(fault, cluster.node(node)));
    }
    TimeUnit.MILLISECONDS.sleep(faults.stream().mapToLong(Fault::millis).max().orElseThrow());
    ends.forEach(Runnable::run);
    long now = System.nanoTime();
    long resumed = resumedAfter(now, limitNanos);
    begun.forEach(f -> struck.add(new Struck(f.kind(), f.what(), f.fromNanos(), now, resumed)));
  }

  /** Waits for the first acknowledged write since {@code healed}. */
  private long resumedAfter(long healed, long limitNanos) throws InterruptedException {
    while (!progress.writtenSince(healed)) {
      if (System.nanoTime() - healed > limitNanos) {
        findings.add("no write within %.0f s of the end of a fault", limitNanos / 1e9);
        return limitNanos;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    long nanos = System.nanoTime() - healed;
    if (nanos > TimeUnit.SECONDS.toNanos(1)) {
      say.line("  writes go on %.1f s later", nanos / 1e9);
    }
    return nanos;
  }

  private static String describe(Fault fault, int node, OptionalInt leader) {
    boolean clock =
        fault.kind() == FaultKind.CLOCK_JUMP || fault.kind() == FaultKind.CLOCK_AT_START;
    return String.format(
        "%s n%d%s for %.1f s%s",
        fault.kind(),
        node,
        leader.isPresent() && leader.getAsInt() == node ? " (the leader)" : "",
        fault.millis() / 1e3,
        clock ? String.format(", %+d s off", fault.clockSeconds()) : "");
  }

  /** Begins the fault; what it returns ends it. */
  private Runnable strike(Fault fault, NodeProcess node) {
    return switch (fault.kind()) {
      case KILL -> {
        node.kill();
        yield node::start;
      }
      case KILL_ALL -> {
        cluster.nodes().forEach(NodeProcess::kill);
        yield () -> cluster.nodes().forEach(NodeProcess::start);
      }
      case PAUSE -> {
        node.pause();
        yield node::resume;
      }
      case CLOCK_JUMP -> {
        node.clock(fault.clockSeconds());
        yield () -> node.clock(0);
      }
      case CLOCK_AT_START -> {
        node.kill();
        node.clock(fault.clockSeconds());
        node.start();
        yield () -> node.clock(0);
      }
      case FULL_DISK -> {
        world.fill(node.number());
        yield () -> world.free(node.number());
      }
      case WIPE -> {
        node.kill();
        world.wipe(node.number());
        members.remove(node);
        yield () -> {
          members.add(node);
          node.start();
        };
      }
      case ISOLATE, DEAF, MUTE, RING, BRIDGE, SHATTER, CUT_CLIENTS -> {
        partition(fault.kind(), node.number());
        yield world::heal;
      }
    };
  }

  private void partition(FaultKind kind, int node) {
    if (kind == FaultKind.CUT_CLIENTS) {
      world.cutBoth(World.CLIENTS, node);
    }
    int size = cluster.size();
    for (int i = 1; i <= size; i++) {
      for (int other = 1; other <= size; other++) {
        if (i != other && isCut(kind, node, i, other, size)) {
          world.cut(i, other);
        }
      }
    }
  }

  /** Whether {@code to} hears nothing of {@code from}. */
  private static boolean isCut(FaultKind kind, int node, int from, int to, int size) {
    int next = node % size + 1;
    int last = next % size + 1;
    return switch (kind) {
      case ISOLATE -> from == node || to == node;
      case DEAF -> to == node;
      case MUTE -> from == node;
      case RING -> to == from % size + 1;
      // Every path between the two goes through the node.
      case BRIDGE -> (from == next && to == last) || (from == last && to == next);
      case SHATTER -> true;
      case CUT_CLIENTS, KILL, KILL_ALL, PAUSE, CLOCK_JUMP, CLOCK_AT_START, FULL_DISK, WIPE -> false;
    };
  }
}
