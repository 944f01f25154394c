// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.testcluster.crash.BitFlips.Effect;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One wrong bit in a file of a closed or killed database, through the shipped node: in a usual
 * build one bit of every byte, with {@code -Pcrashpoints} all eight. Red when damage is served,
 * when it is refused without the file's name, when a byte in the middle of what is written goes
 * unnoticed, or when more than the last batch is cut.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BitFlipTest {
  private static final boolean EVERY_BIT = Boolean.getBoolean("distdb.bitflips.all");

  private final Map<String, Map<Effect, Integer>> table = new TreeMap<>();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void journalSegmentsAreRefusedOrCut(boolean closed) {
    BitFlips database = BitFlips.make(closed);
    List<String> segments = database.files("journal", ".segment");
    assertThat(segments).isNotEmpty();
    int cut = 0;
    for (String segment : segments) {
      List<Effect> effects = flipAll(database, segment, closed || EVERY_BIT ? 1 : 4);
      int written = effects.lastIndexOf(Effect.REFUSED) + 1;
      assertThat(effects.subList(0, Math.max(0, written)))
          .as("%s: no byte before one that is refused goes unnoticed", segment)
          .doesNotContain(Effect.HARMLESS);
      cut += count("journal segment, " + (closed ? "closed" : "killed"), effects, Effect.CUT);
      assertThat(written).as("bytes of %s that are refused", segment).isGreaterThan(16);
    }
    if (closed) {
      assertThat(cut).as("a closing mark proves everything").isZero();
    } else {
      assertThat(cut).as("the last batch is cut").isPositive();
    }
  }

  @Test
  void snapshotsAreRefused() {
    BitFlips database = BitFlips.make(true);
    List<String> snapshots = snapshots(database);
    assertThat(snapshots).hasSize(1);
    List<Effect> effects = flipAll(database, snapshots.getFirst(), 1);
    count("snapshot", effects, Effect.REFUSED);
    assertThat(effects).as("effects of a flip in a snapshot").containsOnly(Effect.REFUSED);
  }

  @Test
  void backupsAreRefused() {
    BitFlips database = BitFlips.make(true);
    assertThat(database.backupFiles()).hasSizeGreaterThan(1);
    for (String file : database.backupFiles()) {
      List<Effect> effects =
          flipAll(database.bytes(file), EVERY_BIT ? 1 : 3, bit -> database.flipBackup(file, bit));
      count("backup", effects, Effect.REFUSED);
      assertThat(effects).as("effects of a flip in %s", file).containsOnly(Effect.REFUSED);
    }
  }

  @Test
  void archivesAreRefused() {
    BitFlips database = BitFlips.make(true);
    int refused = 0;
    for (String file : database.archiveFiles()) {
      List<Effect> effects =
          flipAll(database.bytes(file), EVERY_BIT ? 1 : 3, bit -> database.flipArchive(file, bit));
      boolean needed = effects.getFirst() == Effect.REFUSED;
      if (needed) {
        refused += count("archive", effects, Effect.REFUSED);
      }
      assertThat(effects)
          .as("effects of a flip in %s, which the restore %s", file, needed ? "reads" : "needs not")
          .containsOnly(effects.getFirst());
    }
    assertThat(refused).as("bytes of the log behind the backup").isGreaterThan(300);
  }

  @Test
  void smallFilesAreRefusedOrDoNotMatter() {
    BitFlips database = BitFlips.make(true);
    List<Effect> format = flipAll(database, "FORMAT", 1);
    count("FORMAT", format, Effect.REFUSED);
    assertThat(format).containsOnly(Effect.REFUSED);
    List<Effect> newest = flipAll(database, "journal/newest", 1);
    count("newest", newest, Effect.HARMLESS);
  }

  /** The planted bug: a reader of snapshots that takes every checksum for good. */
  @Test
  void ignoredChecksumsOfSnapshotsAreCaught() {
    BitFlips database = BitFlips.make(true);
    String snapshot = snapshots(database).getFirst();
    boolean served = false;
    for (long bit = 0; bit < database.bytes(snapshot) * 8 && !served; bit += 3) {
      try {
        database.flip(snapshot, bit, disk -> new PlantedDisk(disk, new MendedSnapshots()));
      } catch (AssertionError caught) {
        served = caught.getMessage().contains("is served");
      } catch (RuntimeException otherwise) {
        // Some bits make no snapshot at all of it: what counts is that others do.
        assertThat(otherwise).isNotNull();
      }
    }
    assertThat(served).isTrue();
  }

  @AfterAll
  void printTable() {
    StringBuilder text =
        new StringBuilder("| file | flips | refused | cut | harmless | served |\n");
    text.append("|---|--:|--:|--:|--:|--:|\n");
    table.forEach((name, counts) -> {
      int sum = counts.values().stream().mapToInt(Integer::intValue).sum();
      text.append("| ").append(name).append(" | ").append(sum);
      for (Effect effect : Effect.values()) {
        text.append(" | ").append(counts.getOrDefault(effect, 0));
      }
      text.append(" | 0 |\n");
    });
    System.out.print(text);
  }

  private static List<String> snapshots(BitFlips database) {
    return database.files("snapshots/shard-0", "").stream()
        .filter(name -> name.contains("snapshot-"))
        .toList();
  }

  /** The effect of each flip, in the order of the bytes. */
  private static List<Effect> flipAll(BitFlips database, String file, int everyByte) {
    return flipAll(
        database.bytes(file), everyByte, bit -> database.flip(file, bit, UnaryOperator.identity()));
  }

  private static List<Effect> flipAll(long bytes, int everyByte, LongFunction<Effect> flip) {
    return LongStream.range(0, EVERY_BIT ? bytes * 8 : bytes / everyByte)
        .parallel()
        .map(number -> EVERY_BIT ? number : someBit(number * everyByte))
        .mapToObj(flip)
        .toList();
  }

  private static long someBit(long at) {
    return at * 8 + (at * 0x9E3779B97F4A7C15L >>> 61);
  }

  private int count(String name, List<Effect> effects, Effect wanted) {
    Map<Effect, Integer> counts =
        table.computeIfAbsent(name, absent -> new EnumMap<>(Effect.class));
    effects.forEach(effect -> counts.merge(effect, 1, Integer::sum));
    return (int) new ArrayList<>(effects).stream().filter(wanted::equals).count();
  }
}
