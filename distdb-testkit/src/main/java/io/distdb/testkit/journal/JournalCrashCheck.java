// SPDX-License-Identifier: MIT
package io.distdb.testkit.journal;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.journal.Durability;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Scheduler;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.CrashPoints;
import io.distdb.testkit.disk.DiskFaults;
import io.distdb.testkit.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Cuts the power at every boundary of a workload of appends, forces, purges, closes and reopenings,
 * and checks what recovery finds. Single-threaded, but for threads that the journal starts.
 */
public final class JournalCrashCheck {
  /** Files this small are filled, purged and used again many times within one run. */
  public static final long SEGMENT_BYTES = 4096;

  private static final int ROUNDS = 40;

  private final JournalFactory factory;
  private final long seed;

  public JournalCrashCheck(JournalFactory factory, long seed) {
    this.factory = factory;
    this.seed = seed;
  }

  /**
   * @return how many boundaries there were
   * @throws AssertionError what recovery found is not what it must find
   */
  public long run() {
    return CrashPoints.run(seed, CrashPoints.ALL, JournalHistory::new, this::work, this::verify);
  }

  /**
   * Makes each call of the same workload fail in turn; what was acknowledged before must be there,
   * whether the machine goes on or loses its power.
   *
   * @return how many calls were made to fail
   */
  public long runWithFailures(DiskFaults.Failure failure) {
    long failed = 0;
    for (long call = 0; ; call++) {
      SimulatedDisk disk = new SimulatedDisk(seed);
      disk.faults().failCall(call, failure);
      JournalHistory history = new JournalHistory();
      boolean completed = workUntilRefused(disk, history);
      if (completed && disk.calls() <= call) {
        return failed;
      }
      failed += disk.faults().injected();
      disk.faults().heal();
      try {
        verify(disk.afterPowerLoss(CrashMode.LOST), history);
        verify(disk.afterPowerLoss(CrashMode.REORDERED), history);
        verify(disk.kill(), history);
      } catch (RuntimeException | AssertionError broken) {
        throw new AssertionError(
            "seed " + seed + ", " + failure + " at call " + call + ": " + broken.getMessage(),
            broken);
      }
    }
  }

  private boolean workUntilRefused(SimulatedDisk disk, JournalHistory history) {
    try {
      work(disk, history);
      return true;
    } catch (DistDbException refused) {
      return false;
    }
  }

  private void work(SimulatedDisk disk, JournalHistory history) {
    SeededRandom random = new SeededRandom(seed).fork("journal workload");
    Map<ShardId, Long> indexes = new TreeMap<>();
    Journal journal = open(disk);
    recover(journal);
    for (int round = 0; round < ROUNDS; round++) {
      for (int left = 1 + random.below(4); left > 0; left--) {
        history.append(journal, entry(new ShardId(random.below(3)), random, indexes));
      }
      if (random.chance(0.1)) {
        history.append(journal, other(random, round));
      }
      if (random.chance(0.8)) {
        history.force(journal);
      }
      if (random.chance(0.1)) {
        purge(journal, history, indexes);
      }
      if (random.chance(0.08)) {
        history.close(journal);
        journal = open(disk);
        history.goOnFrom(recover(journal));
      }
    }
    history.close(journal);
  }

  private static void purge(Journal journal, JournalHistory history, Map<ShardId, Long> indexes) {
    history.force(journal);
    for (Map.Entry<ShardId, Long> last : new TreeMap<>(indexes).entrySet()) {
      long through = Math.max(0, last.getValue() - 3);
      history.purge(journal, last.getKey(), new LogPosition(1, through));
    }
  }

  private static JournalRecord entry(
      ShardId group, SeededRandom random, Map<ShardId, Long> indexes) {
    byte[] payload = new byte[random.chance(0.1) ? 1 + random.below(9000) : random.below(300)];
    random.fill(payload);
    long index = indexes.merge(group, 1L, Long::sum);
    return new JournalRecord.Entry(group, new LogPosition(1, index), new PlainPayload(payload));
  }

  private static JournalRecord other(SeededRandom random, int round) {
    ShardId group = new ShardId(random.below(3));
    NodeId node = new NodeId("node-" + round);
    return random.chance(0.5)
        ? new JournalRecord.HardState(group, round, Optional.of(node))
        : new JournalRecord.Configuration(
            group, new LogPosition(1 + round, 0), List.of(node), List.of(), List.of());
  }

  private void verify(SimulatedDisk disk, JournalHistory history) {
    Journal first = open(disk);
    List<JournalRecord> found = recover(first);
    history.check(found);
    // Whatever recovery wrote must itself survive the next power loss, and be found the same.
    SimulatedDisk again = disk.afterPowerLoss(CrashMode.LOST);
    Journal second = open(again);
    List<JournalRecord> foundAgain = recover(second);
    if (!foundAgain.equals(found)) {
      throw new AssertionError("the second recovery found other records than the first");
    }
    second.append(
        new JournalRecord.HardState(new ShardId(9), 77, Optional.of(new NodeId("later"))));
    second.close();
    first.close();
    Journal third = open(again);
    if (recover(third).size() != found.size() + 1) {
      throw new AssertionError("the journal does not go on after a recovery");
    }
    third.close();
  }

  private Journal open(Disk disk) {
    return factory.make(disk, Scheduler.threads(), Durability.SYNC, SEGMENT_BYTES);
  }

  static List<JournalRecord> recover(Journal journal) {
    List<JournalRecord> records = new ArrayList<>();
    journal.recover(records::add, Journal.Progress.SILENT);
    return records;
  }
}
