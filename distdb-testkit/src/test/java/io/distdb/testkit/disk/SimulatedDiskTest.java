// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.testkit.SimulatedCrash;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SimulatedDiskTest {
  private static final int SEEDS = 300;

  @Test
  void lostKeepsExactlyWhatWasForced() {
    SimulatedDisk disk = forcedAndMore(1, 2_000);
    Disk after = disk.crash(CrashMode.LOST);
    assertThat(letters(after, "a")).containsExactly("f");
    assertThat(size(after, "a")).isEqualTo(1_000);
  }

  @Test
  void keptKeepsAll() {
    Disk after = forcedAndMore(1, 2_000).crash(CrashMode.KEPT);
    assertThat(size(after, "a")).isEqualTo(3_000);
    assertThat(letters(after, "a")).containsExactly("f", "u");
  }

  @Test
  void tornKeepsAPrefixOfSectorsAndEverySuchPrefixTurnsUp() {
    Set<String> seen = new TreeSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      SimulatedDisk disk = new SimulatedDisk(seed);
      try (DiskFile file = disk.create("a")) {
        disk.forceDirectory("");
        file.truncate(2_048);
        file.force();
        file.write(0, filled(2_048, 'u'));
        seen.add(sectors(disk.crash(CrashMode.TORN), "a"));
      }
    }
    assertThat(seen).containsExactly("....", "u...", "uu..", "uuu.", "uuuu");
  }

  @Test
  void reorderedKeepsAnySubsetOfSectors() {
    Set<String> seen = new TreeSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      SimulatedDisk disk = new SimulatedDisk(seed);
      try (DiskFile file = disk.create("a")) {
        disk.forceDirectory("");
        file.truncate(1_536);
        file.force();
        file.write(0, filled(512, 'x'));
        file.write(512, filled(512, 'y'));
        file.write(1_024, filled(512, 'z'));
        seen.add(sectors(disk.crash(CrashMode.REORDERED), "a"));
      }
    }
    assertThat(seen).containsExactly("...", "..z", ".y.", ".yz", "x..", "x.z", "xy.", "xyz");
  }

  @Test
  void aSectorNeverHasALaterWriteWithoutAnEarlierOne() {
    for (long seed = 0; seed < SEEDS; seed++) {
      SimulatedDisk disk = new SimulatedDisk(seed);
      try (DiskFile file = disk.create("a")) {
        disk.forceDirectory("");
        file.truncate(512);
        file.force();
        file.write(0, filled(100, 'x'));
        file.write(100, filled(100, 'y'));
        byte[] after = content(disk.crash(CrashMode.REORDERED), "a");
        assertThat(after[100] == 'y' && after[0] != 'x').as("seed %d", seed).isFalse();
      }
    }
  }

  @Test
  void aShrunkFileNeverShowsWhatWasCutBeforeTheSizeItHas() {
    for (long seed = 0; seed < SEEDS; seed++) {
      SimulatedDisk disk = new SimulatedDisk(seed);
      try (DiskFile file = disk.create("a")) {
        disk.forceDirectory("");
        file.write(0, filled(1_024, 'o'));
        file.force();
        file.truncate(0);
        file.write(0, filled(512, 'n'));
        Disk after = disk.crash(CrashMode.REORDERED);
        String sectors = sectors(after, "a");
        assertThat(sectors).as("seed %d", seed).isIn("oo", "", "n", ".");
      }
    }
  }

  @Test
  void aNewFileIsGoneUntilItsDirectoryIsForced() {
    SimulatedDisk disk = new SimulatedDisk(1);
    write(disk, "a", "x");
    assertThat(disk.afterPowerLoss(CrashMode.LOST).exists("a")).isFalse();
    disk.forceDirectory("");
    assertThat(disk.afterPowerLoss(CrashMode.LOST).exists("a")).isTrue();
  }

  @Test
  void aDirectoryIsGoneWithAllBelowUntilItsParentIsForced() {
    SimulatedDisk disk = new SimulatedDisk(1);
    disk.createDirectories("d");
    write(disk, "d/a", "x");
    disk.forceDirectory("d");
    assertThat(disk.afterPowerLoss(CrashMode.LOST).list("")).isEmpty();
    disk.forceDirectory("");
    assertThat(disk.afterPowerLoss(CrashMode.LOST).list("d")).containsExactly("a");
  }

  @Test
  void aRenameShowsOldOrNewNeverBothOrNone() {
    Set<String> seen = new TreeSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      SimulatedDisk disk = new SimulatedDisk(seed);
      write(disk, "old", "1");
      write(disk, "target", "2");
      disk.forceDirectory("");
      disk.rename("old", "target");
      Disk after = disk.crash(CrashMode.REORDERED);
      seen.add(String.join(",", after.list("")) + "=" + text(after, "target"));
    }
    assertThat(seen).containsExactly("old,target=2", "target=1");
  }

  @Test
  void aRenameMayBeKeptWithoutTheContent() {
    boolean emptied = false;
    for (long seed = 0; seed < SEEDS; seed++) {
      SimulatedDisk disk = new SimulatedDisk(seed);
      try (DiskFile file = disk.create("new")) {
        file.write(0, filled(512, 'n'));
      }
      disk.rename("new", "final");
      Disk after = disk.crash(CrashMode.REORDERED);
      emptied |= after.exists("final") && !sectors(after, "final").equals("n");
    }
    assertThat(emptied).isTrue();
  }

  @Test
  void aDeletionIsUndoneUntilItsDirectoryIsForced() {
    SimulatedDisk disk = new SimulatedDisk(1);
    try (DiskFile file = disk.create("a")) {
      file.write(0, filled(10, 'x'));
      file.force();
    }
    disk.forceDirectory("");
    disk.delete("a");
    assertThat(sectors(disk.afterPowerLoss(CrashMode.LOST), "a")).isEqualTo("x");
    disk.forceDirectory("");
    assertThat(disk.afterPowerLoss(CrashMode.LOST).exists("a")).isFalse();
  }

  @Test
  void aRenameAcrossDirectoriesNeedsBothForced() {
    SimulatedDisk disk = new SimulatedDisk(1);
    disk.createDirectories("x");
    disk.createDirectories("y");
    write(disk, "x/a", "1");
    disk.forceDirectory("");
    disk.forceDirectory("x");
    disk.rename("x/a", "y/a");
    disk.forceDirectory("x");
    Disk after = disk.afterPowerLoss(CrashMode.LOST);
    assertThat(after.exists("x/a")).isFalse();
    assertThat(after.exists("y/a")).isFalse();
    disk.forceDirectory("y");
    assertThat(disk.afterPowerLoss(CrashMode.LOST).exists("y/a")).isTrue();
  }

  @Test
  void theCrashPointEndsTheProcess() {
    SimulatedDisk disk = new SimulatedDisk(1);
    disk.crashAt(2);
    DiskFile file = disk.create("a");
    file.write(0, filled(10, 'x'));
    assertThatThrownBy(() -> file.write(10, filled(10, 'y'))).isInstanceOf(SimulatedCrash.class);
    assertThatThrownBy(() -> disk.exists("a")).isInstanceOf(SimulatedCrash.class);
    assertThatThrownBy(file::force).isInstanceOf(SimulatedCrash.class);
    file.close();
    disk.unlock();
    assertThat(disk.boundaries()).isEqualTo(3);
    assertThat(size(disk.crash(CrashMode.KEPT), "a")).isEqualTo(20);
    assertThat(disk.crash(CrashMode.LOST).exists("a")).isFalse();
  }

  @Test
  void aCrashDuringAForceMayKeepNothing() {
    SimulatedDisk disk = new SimulatedDisk(1);
    DiskFile file = disk.create("a");
    disk.forceDirectory("");
    file.write(0, filled(10, 'x'));
    disk.crashAt(3);
    assertThatThrownBy(file::force).isInstanceOf(SimulatedCrash.class);
    assertThat(size(disk.crash(CrashMode.LOST), "a")).isZero();
    assertThat(size(disk.crash(CrashMode.KEPT), "a")).isEqualTo(10);
  }

  @Test
  void locksDieWithThePower() {
    SimulatedDisk disk = new SimulatedDisk(1);
    assertThat(disk.lock("first")).isEmpty();
    assertThat(disk.crash(CrashMode.KEPT).lock("second")).isEmpty();
    assertThat(disk.kill().lock("third")).isEmpty();
  }

  @Test
  void aKilledProcessLosesNothingYetPowerStillCan() {
    SimulatedDisk disk = forcedAndMore(1, 2_000);
    SimulatedDisk next = disk.kill();
    assertThat(size(next, "a")).isEqualTo(3_000);
    assertThat(size(next.crash(CrashMode.LOST), "a")).isEqualTo(1_000);
  }

  @Test
  void afterAFailedForceLaterForcesDoNotSaveTheSamePages() {
    Set<String> seen = new TreeSet<>();
    for (long seed = 0; seed < SEEDS; seed++) {
      SimulatedDisk disk = new SimulatedDisk(seed);
      try (DiskFile file = disk.create("a")) {
        disk.forceDirectory("");
        file.truncate(8_192);
        file.force();
        file.write(0, filled(512, 'x'));
        disk.faults().failCall(disk.calls(), DiskFaults.Failure.IO_ERROR);
        assertThatExceptionOfType(DistDbException.class)
            .isThrownBy(file::force)
            .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.IO_ERROR))
            .withMessageContaining("a");
        assertThat(content(disk, "a")[0]).isEqualTo((byte) 'x');
        file.write(4_096, filled(512, 'y'));
        file.force();
        String after = sectors(disk.crash(CrashMode.LOST), "a");
        seen.add(after.charAt(0) + "" + after.charAt(8));
      }
    }
    assertThat(seen).containsExactly(".y", "xy");
  }

  @Test
  void anErrorAtAnyCallNamesTheFileAndIsNotSilent() {
    for (long call = 0; call < 6; call++) {
      SimulatedDisk disk = new SimulatedDisk(call);
      disk.faults().failCall(call, DiskFaults.Failure.IO_ERROR);
      assertThatExceptionOfType(DistDbException.class)
          .isThrownBy(() -> {
            DiskFile file = disk.create("a");
            file.write(0, filled(10, 'x'));
            file.read(0, ByteBuffer.allocate(10));
            file.force();
            disk.rename("a", "b");
            disk.forceDirectory("");
          })
          .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.IO_ERROR));
      assertThat(disk.faults().injected()).isEqualTo(1);
    }
  }

  @Test
  void aFullDiskRefusesAndKeepsWhatWasThere() {
    SimulatedDisk disk = new SimulatedDisk(1);
    disk.faults().capacityBytes(8_192);
    try (DiskFile file = disk.create("a")) {
      file.write(0, filled(8_192, 'x'));
      assertThat(disk.usableBytes()).isZero();
      assertThatExceptionOfType(DistDbException.class)
          .isThrownBy(() -> file.write(8_192, filled(1, 'y')))
          .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.DISK_FULL));
      file.write(0, filled(8_192, 'z'));
      assertThat(letters(disk, "a")).containsExactly("z");
    }
    disk.delete("a");
    assertThat(disk.usableBytes()).isEqualTo(8_192);
  }

  @Test
  void silentFaultsShowAfterACrashOnly() {
    SimulatedDisk disk = new SimulatedDisk(1);
    disk.faults().bitFlipOnWrite(1);
    try (DiskFile file = disk.create("a")) {
      disk.forceDirectory("");
      file.write(0, filled(512, 'x'));
      file.force();
    }
    assertThat(content(disk, "a")).containsOnly('x');
    byte[] after = content(disk.crash(CrashMode.LOST), "a");
    int wrongBits = 0;
    for (byte value : after) {
      wrongBits += Integer.bitCount((value ^ 'x') & 0xff);
    }
    assertThat(wrongBits).isEqualTo(1);
  }

  @Test
  void aMisdirectedWriteLandsElsewhere() {
    SimulatedDisk disk = new SimulatedDisk(1);
    try (DiskFile file = disk.create("a")) {
      disk.forceDirectory("");
      file.truncate(64 * 1_024);
      file.force();
      disk.faults().misdirectedWrite(1);
      file.write(32 * 1_024, filled(4_096, 'x'));
      file.force();
    }
    String after = sectors(disk.crash(CrashMode.LOST), "a");
    assertThat(after.indexOf("xxxxxxxx")).isNotEqualTo(64).isGreaterThanOrEqualTo(0);
  }

  @Test
  void aReadMayHandOutAWrongBit() {
    SimulatedDisk disk = new SimulatedDisk(1);
    write(disk, "a", "xxxx");
    disk.faults().bitFlipOnRead(1);
    assertThat(text(disk, "a")).isNotEqualTo("xxxx");
    disk.faults().heal();
    assertThat(text(disk, "a")).isEqualTo("xxxx");
  }

  @Test
  void flipBitIsPermanent() {
    SimulatedDisk disk = new SimulatedDisk(1);
    write(disk, "a", "a");
    disk.flipBit("a", 1);
    assertThat(text(disk, "a")).isEqualTo("c");
    try (DiskFile file = disk.open("a")) {
      file.write(1, filled(1, 'b'));
    }
    disk.flipBit("a", 8);
    assertThat(text(disk.crash(CrashMode.KEPT), "a")).isEqualTo("cc");
  }

  @Test
  void equalSeedsGiveEqualOutcomes() {
    for (CrashMode mode : CrashMode.values()) {
      byte[] first = content(forcedAndMore(7, 60_000).crash(mode), "a");
      byte[] second = content(forcedAndMore(7, 60_000).crash(mode), "a");
      assertThat(first).isEqualTo(second);
    }
  }

  @Test
  void namesStayInside() {
    SimulatedDisk disk = new SimulatedDisk(1);
    assertThatThrownBy(() -> disk.create("../a")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> disk.create("/a")).isInstanceOf(IllegalArgumentException.class);
  }

  private static SimulatedDisk forcedAndMore(long seed, int more) {
    SimulatedDisk disk = new SimulatedDisk(seed);
    try (DiskFile file = disk.create("a")) {
      disk.forceDirectory("");
      file.write(0, filled(1_000, 'f'));
      file.force();
      file.write(1_000, filled(more, 'u'));
    }
    return disk;
  }

  /** One character a sector: its letter if it is filled with one, else a dot. */
  private static String sectors(Disk disk, String name) {
    byte[] content = content(disk, name);
    StringBuilder result = new StringBuilder();
    for (int at = 0; at < content.length; at += 512) {
      result.append(content[at] == 0 ? '.' : (char) content[at]);
    }
    return result.toString();
  }

  private static Set<String> letters(Disk disk, String name) {
    Set<String> letters = new TreeSet<>();
    for (byte value : content(disk, name)) {
      letters.add(String.valueOf((char) value));
    }
    return letters;
  }

  private static long size(Disk disk, String name) {
    try (DiskFile file = disk.open(name)) {
      return file.size();
    }
  }

  private static void write(Disk disk, String name, String text) {
    try (DiskFile file = disk.create(name)) {
      file.write(0, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      file.force();
    }
  }

  private static String text(Disk disk, String name) {
    return new String(content(disk, name), StandardCharsets.UTF_8);
  }

  private static byte[] content(Disk disk, String name) {
    try (DiskFile file = disk.open(name)) {
      ByteBuffer target = ByteBuffer.allocate(Math.toIntExact(file.size()));
      file.read(0, target);
      return target.array();
    }
  }

  private static ByteBuffer filled(int length, char letter) {
    byte[] content = new byte[length];
    Arrays.fill(content, (byte) letter);
    return ByteBuffer.wrap(content);
  }
}
