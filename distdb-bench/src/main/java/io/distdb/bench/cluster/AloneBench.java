// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import com.sun.management.OperatingSystemMXBean;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.bench.cluster.door.NodeArguments;
import io.distdb.bench.cluster.door.Table;
import io.distdb.raft.core.Membership;
import io.distdb.raft.host.RaftConsensus;
import io.distdb.raft.host.RaftOptions;
import io.distdb.raft.solo.SoloConsensus;
import io.distdb.storage.memory.disk.FileDisk;
import io.distdb.storage.memory.journal.JournalOptions;
import io.distdb.storage.memory.journal.SegmentedJournal;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A group of one under Raft beside SoloConsensus: processor time of the same proposals. */
final class AloneBench {
  private static final List<Integer> THREADS = List.of(1, 16, 64);

  private final PrintStream out;
  private final Path directory;
  private final int rounds;

  /** A log that only this node has. */
  private record Side(
      String name, Consensus consensus, ConsensusGroup group, Journal journal, Runnable end) {}

  AloneBench(PrintStream out, Path directory, int rounds) {
    this.out = out;
    this.directory = directory;
    this.rounds = rounds;
  }

  void run() throws IOException {
    List<Side> sides = List.of(solo(), raft());
    out.printf(
        "%n| proposals of 256 bytes to a group of one, median of %d | solo | raft | raft to solo"
            + " | goal |%n|---|--:|--:|--:|--:|%n",
        rounds);
    for (int threads : THREADS) {
      double[][] cpu = new double[2][rounds];
      double[][] rate = new double[2][rounds];
      for (int round = -1; round < rounds; round++) {
        for (int side = 0; side < 2; side++) {
          double[] measured = measure(sides.get(side), threads);
          if (round >= 0) {
            cpu[side][round] = measured[0];
            rate[side][round] = measured[1];
          }
        }
      }
      double solo = ClusterTable.median(cpu[0]);
      double raft = ClusterTable.median(cpu[1]);
      out.printf(
          "| %d thread%s, us of processor each | %.1f | %.1f | **%.2fx** | 1.3x at most |%n",
          threads, threads == 1 ? "" : "s", solo, raft, raft / solo);
      out.printf(
          "| %d thread%s, a second | %,.0f | %,.0f | %.2fx | |%n",
          threads,
          threads == 1 ? "" : "s",
          ClusterTable.median(rate[0]),
          ClusterTable.median(rate[1]),
          ClusterTable.median(rate[1]) / ClusterTable.median(rate[0]));
    }
    sides.forEach(side -> side.end().run());
  }

  private Side solo() throws IOException {
    Scheduler scheduler = Scheduler.threads();
    Journal journal = journal("solo", scheduler);
    Consensus consensus = new SoloConsensus(new NodeId("solo"), Optional.of(journal), scheduler);
    return begin("solo", consensus, journal, () -> {});
  }

  private Side raft() throws IOException {
    Scheduler scheduler = Scheduler.threads();
    Journal journal = journal("raft", scheduler);
    NodeId self = new NodeId("raft");
    NodeArguments arguments =
        new NodeArguments(self.value(), directory, 0, Map.of(self.value(), Ports.free()), false);
    var transport = DistDbNode.transport(arguments, scheduler);
    Consensus consensus =
        new RaftConsensus(
            self,
            journal,
            transport,
            scheduler,
            Clock.system(),
            RaftOptions.founding(Membership.of(List.of(self), List.of()), 1));
    return begin("raft", consensus, journal, transport::close);
  }

  private Journal journal(String name, Scheduler scheduler) throws IOException {
    Path own = directory.resolve("alone").resolve(name);
    Files.createDirectories(own);
    return new SegmentedJournal(
        new FileDisk(own, Clock.system()), scheduler, Clock.system(), JournalOptions.DEFAULT);
  }

  private Side begin(String name, Consensus consensus, Journal journal, Runnable more)
      throws IOException {
    Path file = directory.resolve("alone").resolve(name + "-table").resolve("table");
    Files.createDirectories(file.getParent());
    RegisterMachine machine = new RegisterMachine(file);
    ConsensusGroup group = consensus.open(ShardId.SYSTEM, machine);
    machine.belongsTo(group);
    consensus.start(Journal.Progress.SILENT);
    while (group.leadingTerm() < 0) {
      LockSupport.parkNanos(1_000_000);
    }
    return new Side(
        name,
        consensus,
        group,
        journal,
        () -> {
          consensus.close();
          more.run();
          journal.close();
        });
  }

  /** Microseconds of processor time each, and how many a second. */
  private static double[] measure(Side side, int threads) {
    int proposals = threads == 1 ? 4_000 : 40_000;
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long cpuBefore = system.getProcessCpuTime();
    long before = System.nanoTime();
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      long first = i;
      all.add(Thread.ofPlatform().start(() -> propose(side.group(), first, threads, proposals)));
    }
    for (Thread each : all) {
      try {
        each.join();
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      }
    }
    long nanos = System.nanoTime() - before;
    return new double[] {
      (system.getProcessCpuTime() - cpuBefore) / 1e3 / proposals, proposals * 1e9 / nanos
    };
  }

  private static void propose(ConsensusGroup group, long first, int step, int end) {
    byte[] value = new byte[Load.VALUE_BYTES];
    long term = group.leadingTerm();
    for (long i = first; i < end; i += step) {
      group.propose(term, new RegisterMachine.PutCommand(new Table.Put(i % Load.KEYS, value)));
    }
  }
}
