// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

import io.distdb.testkit.SeededRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What goes wrong on a simulated disk, by plan or by chance. Nothing does at first. Thread-safe;
 * the chances are drawn from the disk's seed.
 */
public final class DiskFaults {
  /** How a call fails. */
  public enum Failure {
    /** EIO: {@code IO_ERROR}. A write may have been done in part; see the port for a force. */
    IO_ERROR,
    /** ENOSPC: {@code DISK_FULL}, for calls that may need room; others go on. */
    DISK_FULL
  }

  private record Chance(double probability, Failure failure) {}

  private final Map<Long, Failure> planned = new TreeMap<>();
  private final Map<DiskOperation, Chance> chances = new EnumMap<>(DiskOperation.class);
  private long failFrom = Long.MAX_VALUE;
  private Failure failFromKind = Failure.IO_ERROR;
  private double bitFlipOnRead;
  private double bitFlipOnWrite;
  private double misdirectedWrite;
  private long capacityBytes = Long.MAX_VALUE;
  private long injected;

  DiskFaults() {}

  /** Fails one call. Calls are counted from 0 over all operations; see SimulatedDisk.calls(). */
  public synchronized DiskFaults failCall(long number, Failure failure) {
    planned.put(number, failure);
    return this;
  }

  /** Fails this call and all that follow. */
  public synchronized DiskFaults failFrom(long number, Failure failure) {
    failFrom = number;
    failFromKind = failure;
    return this;
  }

  public synchronized DiskFaults failSometimes(
      DiskOperation operation, double probability, Failure failure) {
    chances.put(operation, new Chance(probability, failure));
    return this;
  }

  /** A read hands out one wrong bit; the next read of the same bytes may be right. */
  public synchronized DiskFaults bitFlipOnRead(double probability) {
    bitFlipOnRead = probability;
    return this;
  }

  /** A write puts one wrong bit on the device; it shows after a crash, as caches hide it. */
  public synchronized DiskFaults bitFlipOnWrite(double probability) {
    bitFlipOnWrite = probability;
    return this;
  }

  /** A write lands up to four pages beside its place; it shows after a crash. */
  public synchronized DiskFaults misdirectedWrite(double probability) {
    misdirectedWrite = probability;
    return this;
  }

  /** Room for file content, in bytes, counted in pages of 4 KiB. */
  public synchronized DiskFaults capacityBytes(long bytes) {
    capacityBytes = bytes;
    return this;
  }

  /** Ends every fault, the limited capacity too. */
  public synchronized void heal() {
    planned.clear();
    chances.clear();
    failFrom = Long.MAX_VALUE;
    bitFlipOnRead = 0;
    bitFlipOnWrite = 0;
    misdirectedWrite = 0;
    capacityBytes = Long.MAX_VALUE;
  }

  /** Calls that were made to fail, and silent faults. */
  public synchronized long injected() {
    return injected;
  }

  synchronized long capacityBytes() {
    return capacityBytes;
  }

  /** The failure of this call, or null. */
  synchronized Failure next(DiskOperation operation, long number, SeededRandom random) {
    Failure failure = planned.get(number);
    Chance chance = chances.get(operation);
    if (failure == null && number >= failFrom) {
      failure = failFromKind;
    }
    if (failure == null && chance != null && random.chance(chance.probability())) {
      failure = chance.failure();
    }
    if (failure == Failure.DISK_FULL && !operation.mayFillDisk()) {
      failure = null;
    }
    if (failure != null) {
      injected++;
    }
    return failure;
  }

  synchronized FileNode.WriteFault nextWriteFault(int length, SeededRandom random) {
    int bit = -1;
    int shift = 0;
    if (length > 0 && random.chance(bitFlipOnWrite)) {
      bit = random.below(length * 8);
      injected++;
    }
    if (random.chance(misdirectedWrite)) {
      shift = 1 + random.below(4);
      injected++;
    }
    return bit < 0 && shift == 0
        ? FileNode.WriteFault.NONE
        : new FileNode.WriteFault(bit, shift * (random.chance(0.5) ? 1 : -1));
  }

  synchronized boolean flipsRead(SeededRandom random) {
    boolean flips = random.chance(bitFlipOnRead);
    if (flips) {
      injected++;
    }
    return flips;
  }
}
