// SPDX-License-Identifier: MIT
package io.distdb.node.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.storage.memory.journal.JournalOptions;
import io.distdb.storage.memory.journal.SegmentedJournal;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A journal and its archiver on a simulated machine, without a database around them. */
class ArchiverTest {
  private static final ShardId SHARD = ShardId.SYSTEM;
  private static final long INTERVAL = 1_000_000_000L;
  private static final ArchiveOptions OPTIONS = new ArchiveOptions(INTERVAL, 4096, 1 << 30);

  /** One life of the two. */
  private static final class Life implements AutoCloseable, ArchivedLog {
    private final SimulatedNode node;
    private final Journal journal;
    private final Archiver archiver;
    private long last;

    Life(SimulatedNode node, String database) {
      this.node = node;
      journal =
          new SegmentedJournal(
              node.disk().directory("journal"),
              node.scheduler(),
              node.clock(),
              JournalOptions.DEFAULT.withSegmentBytes(4096).withReserveBytes(0));
      journal.recover(this::recovered, Journal.Progress.SILENT);
      ArchiveDirectory archive = ArchiveDirectory.open(archiveDisk(node), database);
      archiver = new Archiver(journal, archive, this, node.scheduler(), node.clock(), OPTIONS);
      archiver.start();
    }

    private void recovered(JournalRecord entry) {
      last = Math.max(last, ((JournalRecord.Recovered) entry).position().index());
    }

    void append(int count) {
      for (int i = 0; i < count; i++) {
        Bytes payload = payload(last + 1);
        LogPosition position = new LogPosition(1, last + 1);
        journal.force(journal.append(new JournalRecord.Recovered(SHARD, position, payload)));
        last++;
      }
    }

    /** All but the last entry, which tells the next life where the log ends. */
    void purge() {
      journal.purge(Map.of(SHARD, new LogPosition(1, last - 1)));
    }

    void sleep(long nanos) {
      node.scheduler().newWaiter().awaitUninterruptibly(nanos);
    }

    @Override
    public ShardId shard() {
      return SHARD;
    }

    @Override
    public long applied() {
      return last;
    }

    @Override
    public long settled() {
      return last * 10;
    }

    @Override
    public void close() {
      archiver.close();
      journal.close();
    }
  }

  private static Disk archiveDisk(SimulatedNode node) {
    return node.disk().directory("archive");
  }

  private static Bytes payload(long index) {
    byte[] payload = new byte[100 + (int) (index % 50)];
    for (int i = 0; i < payload.length; i++) {
      payload[i] = (byte) (index * 7 + i);
    }
    return Bytes.wrap(payload);
  }

  /** Reads all that is archived; it must be a run of the log from {@code first} on. */
  private static long archivedThrough(SimulatedNode node, long first) {
    ArchiveDirectory archive = ArchiveDirectory.existing(archiveDisk(node));
    List<Long> indexes = new ArrayList<>();
    for (LogFileName name : archive.files(SHARD)) {
      LogFileReader.Content content =
          archive.read(
              name,
              entry -> {
                assertThat(entry.payload()).isEqualTo(payload(entry.position().index()));
                indexes.add(entry.position().index());
              });
      assertThat(content.settled()).isLessThanOrEqualTo(content.last().index() * 10);
    }
    assertThat(indexes).isEqualTo(LongStream.range(first, first + indexes.size()).boxed().toList());
    return first + indexes.size() - 1;
  }

  private static void simulate(Consumer<SimulatedNode> work) {
    try (SimulatedWorld world = new SimulatedWorld(3)) {
      world.run(() -> {
        SimulatedNode node = world.node("n1");
        node.disk().createDirectories("journal");
        node.disk().createDirectories("archive");
        node.disk().forceDirectory("");
        node.scheduler().start("test", () -> work.accept(node)).join();
      });
    }
  }

  @Test
  void everythingIsArchivedBeforeItIsPurged() {
    simulate(node -> {
      try (Life life = new Life(node, "shop")) {
        for (int round = 0; round < 20; round++) {
          life.append(20);
          life.purge();
          assertThat(life.journal.oldestIndex(SHARD).orElse(life.last + 1))
              .isLessThanOrEqualTo(life.archiver.counters().archivedThrough() + 1);
        }
        life.sleep(3 * INTERVAL);
        assertThat(life.archiver.counters().archivedThrough()).isEqualTo(400);
        assertThat(life.archiver.counters().files()).isBetween(3L, 60L);
        assertThat(life.archiver.counters().entries()).isEqualTo(400);
        assertThat(life.journal.retainedBytes()).isLessThan(4 * 4096);
      }
      assertThat(archivedThrough(node, 1)).isEqualTo(400);
    });
  }

  @Test
  void aSmallTailIsArchivedWithinTheIntervalAndAtTheEnd() {
    simulate(node -> {
      try (Life life = new Life(node, "shop")) {
        life.append(3);
        assertThat(life.archiver.counters().archivedThrough()).isZero();
        life.sleep(2 * INTERVAL);
        assertThat(life.archiver.counters().archivedThrough()).isEqualTo(3);
        life.append(2);
      }
      assertThat(archivedThrough(node, 1)).isEqualTo(5);
      ArchiveDirectory archive = ArchiveDirectory.existing(archiveDisk(node));
      LogFileName last = archive.files(SHARD).getLast();
      assertThat(archive.read(last, entry -> {}).settled()).isEqualTo(50);
    });
  }

  @Test
  void aFullArchiveHoldsTheJournalBackAndNothingIsLost() {
    simulate(node -> {
      try (Life life = new Life(node, "shop")) {
        life.append(100);
        life.sleep(2 * INTERVAL);
        // The journal's own space is allocated ahead: what the archive asks for is refused.
        node.disk().faults().capacityBytes((1L << 40) - node.disk().usableBytes());
        life.append(1);
        life.sleep(5 * INTERVAL);
        ArchiveCounters counters = life.archiver.counters();
        assertThat(counters.failures()).isGreaterThan(1);
        assertThat(counters.lastFailure().orElseThrow()).contains("no space left");
        life.purge();
        assertThat(life.journal.oldestIndex(SHARD).getAsLong()).isLessThanOrEqualTo(101);
        node.disk().faults().capacityBytes(1L << 40);
        life.append(200);
        life.sleep(15 * INTERVAL);
        assertThat(counters.lastFailure()).isEmpty();
        assertThat(counters.archivedThrough()).isEqualTo(301);
      }
      assertThat(archivedThrough(node, 1)).isEqualTo(301);
    });
  }

  @Test
  void anArchiveThatBeginsLateHasWhatTheJournalStillHas() {
    simulate(node -> {
      Journal journal =
          new SegmentedJournal(
              node.disk().directory("journal"),
              node.scheduler(),
              node.clock(),
              JournalOptions.DEFAULT.withSegmentBytes(4096).withReserveBytes(0));
      journal.recover(entry -> {}, Journal.Progress.SILENT);
      for (long index = 1; index <= 200; index++) {
        LogPosition position = new LogPosition(1, index);
        journal.append(new JournalRecord.Recovered(SHARD, position, payload(index)));
      }
      journal.force(journal.endOffset());
      journal.purge(Map.of(SHARD, new LogPosition(1, 150)));
      long oldest = journal.oldestIndex(SHARD).getAsLong();
      journal.close();
      new Life(node, "shop").close();
      assertThat(oldest).isGreaterThan(100);
      assertThat(archivedThrough(node, oldest)).isEqualTo(200);
    });
  }

  private static DistDbException refusal(SimulatedNode node, String database) {
    return catchThrowableOfType(DistDbException.class, () -> new Life(node, database));
  }

  @Test
  void theArchiveOfAnotherDatabaseIsRefused() {
    simulate(node -> {
      new Life(node, "shop").close();
      DistDbException refusal = refusal(node, "bank");
      assertThat(refusal.code()).isEqualTo(ErrorCode.CONFIGURATION_ERROR);
      assertThat(refusal).hasMessageContaining("is of the database shop, not of bank");
    });
  }

  @Test
  void aDirectoryThatHoldsSomethingElseIsRefused() {
    simulate(node -> {
      archiveDisk(node).create("photo.jpg").close();
      DistDbException refusal = refusal(node, "shop");
      assertThat(refusal.code()).isEqualTo(ErrorCode.CONFIGURATION_ERROR);
      assertThat(refusal).hasMessageContaining("it holds \"photo.jpg\"");
    });
  }

  @Test
  void aJournalThatIsOlderThanItsArchiveIsRefused() {
    simulate(node -> {
      try (Life life = new Life(node, "shop")) {
        life.append(30);
      }
      for (String name : node.disk().list("journal")) {
        node.disk().delete("journal/" + name);
      }
      DistDbException refusal = refusal(node, "shop");
      assertThat(refusal.code()).isEqualTo(ErrorCode.CONFIGURATION_ERROR);
      assertThat(refusal)
          .hasMessageContainingAll("through index 30", "the database ends at index 0");
    });
  }

  private static void work(SimulatedNode node) {
    for (int life = 0; life < 2; life++) {
      try (Life one = new Life(node, "shop")) {
        for (int round = 0; round < 3; round++) {
          one.append(25);
          one.sleep(INTERVAL / 3);
          one.purge();
        }
      }
    }
  }

  /** Whatever is left, what is missing in the journal is in the archive, and the two go on. */
  private static void verify(SimulatedNode node) {
    try (Life life = new Life(node, "shop")) {
      long oldest = life.journal.oldestIndex(SHARD).orElse(life.last + 1);
      assertThat(archivedThrough(node, 1)).isGreaterThanOrEqualTo(oldest - 1);
      life.append(40);
    }
    assertThat(archivedThrough(node, 1)).isGreaterThanOrEqualTo(40);
  }

  @ParameterizedTest
  @EnumSource(CrashMode.class)
  void noCrashLosesAnythingBetweenJournalAndArchive(CrashMode mode) {
    long boundaries = run(mode, Long.MAX_VALUE);
    assertThat(boundaries).isGreaterThan(100);
    for (long boundary = 0; boundary < boundaries; boundary++) {
      try {
        run(mode, boundary);
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("power lost at boundary " + boundary + ", " + mode, failure);
      }
    }
  }

  private static long run(CrashMode mode, long boundary) {
    try (SimulatedWorld world = new SimulatedWorld(9)) {
      return world.call(() -> {
        SimulatedNode node = world.node("n1");
        node.disk().createDirectories("journal");
        node.disk().createDirectories("archive");
        node.disk().forceDirectory("");
        if (boundary < Long.MAX_VALUE) {
          node.disk().crashAt(node.disk().boundaries() + boundary);
        }
        long before = node.disk().boundaries();
        node.scheduler().start("life", () -> work(node)).join();
        long boundaries = node.disk().boundaries() - before;
        node.crash(mode);
        node.scheduler().start("next life", () -> verify(node)).join();
        return boundaries;
      });
    }
  }
}
