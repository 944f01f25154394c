// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.testkit.SeededRandom;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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
    DISK_FULL,
    /**
     * ENOSPC where the call cannot do without room: creations, renames, and writes to pages that
     * hold none yet. As on file systems that overwrite in place.
     */
    NO_ROOM;

    DistDbException error(DiskCall call) {
      String what = call.operation() + " of " + call.name();
      return switch (this) {
        case IO_ERROR -> new DistDbException(ErrorCode.IO_ERROR, "simulated I/O error in " + what);
        case DISK_FULL, NO_ROOM ->
            new DistDbException(
                ErrorCode.DISK_FULL, "no space left on the simulated disk for " + what);
      };
    }
  }

  /** What a call does wrong without telling. */
  public enum Corruption {
    /** A read hands out one wrong bit, a write puts one on the device. */
    BIT_FLIP,
    /** A write lands up to four pages beside its place. */
    MISDIRECTED
  }

  /** The n-th call of one operation. */
  private record Place(DiskOperation operation, long number) {}

  private record Chance(double probability, Failure failure) {}

  private final Map<Long, Failure> planned = new TreeMap<>();
  private final Map<Place, Failure> plannedByOperation = new HashMap<>();
  private final Map<Place, Corruption> corruptions = new HashMap<>();
  private Optional<Place> failFromPlace = Optional.empty();
  private Optional<Place> fullFromPlace = Optional.empty();
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

  /** Fails the n-th call of an operation, counted from 0; see SimulatedDisk.calls(operation). */
  public synchronized DiskFaults failCall(DiskOperation operation, long number, Failure failure) {
    plannedByOperation.put(new Place(operation, number), failure);
    return this;
  }

  /** Fails the n-th call of an operation, and from then on every call of any. */
  public synchronized DiskFaults failFrom(DiskOperation operation, long number, Failure failure) {
    failFromPlace = Optional.of(new Place(operation, number));
    failFromKind = failure;
    return this;
  }

  /** From the n-th call of an operation on nothing more fits, until {@link #heal}. */
  public synchronized DiskFaults fullFrom(DiskOperation operation, long number) {
    fullFromPlace = Optional.of(new Place(operation, number));
    return this;
  }

  /** Makes the n-th read or write do something wrong; {@link Corruption#MISDIRECTED} a write. */
  public synchronized DiskFaults corruptCall(
      DiskOperation operation, long number, Corruption corruption) {
    corruptions.put(new Place(operation, number), corruption);
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
    plannedByOperation.clear();
    corruptions.clear();
    failFromPlace = Optional.empty();
    fullFromPlace = Optional.empty();
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

  /** Whether the disk becomes full with this call. */
  synchronized boolean fills(DiskOperation operation, long number) {
    return fullFromPlace.isPresent() && fullFromPlace.get().equals(new Place(operation, number));
  }

  /** Something did not fit. */
  synchronized void refusedForRoom() {
    injected++;
  }

  /** The failure of this call, or null. */
  synchronized Failure next(
      DiskOperation operation,
      long number,
      long numberOfItsKind,
      boolean needsRoom,
      SeededRandom random) {
    Place place = new Place(operation, numberOfItsKind);
    if (failFromPlace.isPresent() && failFromPlace.get().equals(place)) {
      failFrom = number;
      failFromPlace = Optional.empty();
    }
    Failure failure = planned.getOrDefault(number, plannedByOperation.get(place));
    Chance chance = chances.get(operation);
    if (failure == null && number >= failFrom) {
      failure = failFromKind;
    }
    if (failure == null && chance != null && random.chance(chance.probability())) {
      failure = chance.failure();
    }
    if (failure == Failure.DISK_FULL && !operation.mayFillDisk()
        || failure == Failure.NO_ROOM && !needsRoom) {
      failure = null;
    }
    if (failure != null) {
      injected++;
    }
    return failure;
  }

  synchronized FileNode.WriteFault nextWriteFault(long number, int length, SeededRandom random) {
    Corruption planned = corruptions.get(new Place(DiskOperation.WRITE, number));
    int bit = -1;
    int shift = 0;
    if (length > 0 && (planned == Corruption.BIT_FLIP || random.chance(bitFlipOnWrite))) {
      bit = random.below(length * 8);
      injected++;
    }
    if (planned == Corruption.MISDIRECTED || random.chance(misdirectedWrite)) {
      shift = 1 + random.below(4);
      injected++;
    }
    return bit < 0 && shift == 0
        ? FileNode.WriteFault.NONE
        : new FileNode.WriteFault(bit, shift * (random.chance(0.5) ? 1 : -1));
  }

  synchronized boolean flipsRead(long number, SeededRandom random) {
    boolean flips =
        corruptions.containsKey(new Place(DiskOperation.READ, number))
            || random.chance(bitFlipOnRead);
    if (flips) {
      injected++;
    }
    return flips;
  }
}
