// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Writes end before the disk does, and go on when it has room again. */
class AdmissionTest {
  private static final long MEBIBYTE = 1 << 20;

  private final AtomicLong usable = new AtomicLong(1_000 * MEBIBYTE);
  private final AtomicLong buffered = new AtomicLong(10 * MEBIBYTE);
  private final AtomicLong told = new AtomicLong();
  private final AtomicLong flushes = new AtomicLong();
  private final Admission admission =
      new Admission(
          Path.of("/data/storage"),
          64 * MEBIBYTE,
          usable::get,
          buffered::get,
          told::set,
          flushes::incrementAndGet);

  private void refused(ErrorCode code, long growthBytes, String... words) {
    assertThatThrownBy(() -> admission.admit(growthBytes))
        .isInstanceOfSatisfying(
            DistDbException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(code);
              assertThat(refusal.hint()).isPresent();
            })
        .hasMessageContainingAll(words);
  }

  @Test
  void fullDiskIsRefusedWithItsSizesUntilThereIsRoom() {
    admission.admit(MEBIBYTE);
    assertThat(told).as("the reserve's keeper").hasValue(1_000 * MEBIBYTE);
    usable.set(30 * MEBIBYTE);
    refused(
        ErrorCode.DISK_FULL, MEBIBYTE, "/data/storage", Long.toString(30 * MEBIBYTE), "1048576");
    // Deletions get by with less, and not with nothing.
    admission.admit(0);
    usable.set(17 * MEBIBYTE);
    refused(ErrorCode.DISK_FULL, 0, "bytes left");
    refused(ErrorCode.DISK_FULL, 1, "bytes left");
    usable.set(200 * MEBIBYTE);
    assertThatCode(() -> admission.admit(MEBIBYTE)).doesNotThrowAnyException();
  }

  @Test
  void whatIsBufferedCountsTwice() {
    usable.set(60 * MEBIBYTE);
    admission.admit(MEBIBYTE);
    buffered.set(30 * MEBIBYTE);
    refused(ErrorCode.DISK_FULL, MEBIBYTE, "bytes left");
    buffered.set(10 * MEBIBYTE);
    admission.admit(MEBIBYTE);
  }

  @Test
  void aRefusedWriteHasTheBuffersFlushedIfThatHasRoom() {
    usable.set(73 * MEBIBYTE);
    buffered.set(30 * MEBIBYTE);
    refused(ErrorCode.DISK_FULL, MEBIBYTE, "bytes left");
    assertThat(flushes).hasValue(1);
    buffered.set(1 * MEBIBYTE);
    usable.set(60 * MEBIBYTE);
    admission.admit(MEBIBYTE);
    buffered.set(55 * MEBIBYTE);
    refused(ErrorCode.DISK_FULL, MEBIBYTE, "bytes left");
    assertThat(flushes).as("a flush that may fail is not begun").hasValue(1);
  }

  @Test
  void aFlushThatWouldFailIsNotBegun() {
    admission.admitFlush();
    usable.set(17 * MEBIBYTE);
    assertThatThrownBy(admission::admitFlush)
        .isInstanceOfSatisfying(
            DistDbException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.DISK_FULL);
              assertThat(refusal.hint().orElse("")).contains("the earlier checkpoint stands");
            });
    usable.set(18 * MEBIBYTE);
    admission.admitFlush();
  }

  @Test
  void oneWriteAboveTheBudgetIsRefused() {
    refused(ErrorCode.OUT_OF_MEMORY, 64 * MEBIBYTE + 1, Long.toString(64 * MEBIBYTE));
  }
}
