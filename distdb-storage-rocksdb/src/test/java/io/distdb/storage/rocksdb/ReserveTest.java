// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReserveTest {
  private static final long MIB = 1 << 20;
  private static final long GIB = 1 << 30;

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve(Reserve.FILE_NAME);
  }

  @Test
  void isKeptOnADiskThatHasLittleLeft() {
    Reserve reserve = new Reserve(directory, 3 * MIB);
    reserve.keep(100 * GIB);
    assertThat(file()).doesNotExist();
    reserve.keep(11 * MIB);
    assertThat(file()).as("a quarter of what is left is the most").doesNotExist();
    reserve.keep(12 * MIB);
    assertThat(file()).hasSize(3 * MIB);
    reserve.keep(1 * MIB);
    assertThat(file()).as("a full disk is no reason to give it up").exists();
    reserve.keep(3 * GIB);
    assertThat(file()).exists();
    reserve.keep(4 * GIB);
    assertThat(file()).doesNotExist();
  }

  @Test
  void isGivenUpOnceAndMadeAgain() {
    Reserve reserve = new Reserve(directory, 3 * MIB);
    assertThat(reserve.giveUp()).isFalse();
    reserve.keep(GIB);
    Reserve afterRestart = new Reserve(directory, 3 * MIB);
    assertThat(afterRestart.giveUp()).isTrue();
    assertThat(afterRestart.giveUp()).isFalse();
    assertThat(file()).doesNotExist();
    afterRestart.keep(GIB);
    assertThat(file()).hasSize(3 * MIB);
  }
}
