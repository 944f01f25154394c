// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.DiskFaults;
import io.distdb.testkit.disk.DiskFaults.Corruption;
import io.distdb.testkit.disk.DiskFaults.Failure;
import io.distdb.testkit.disk.DiskOperation;
import io.distdb.testkit.disk.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;

/** What goes wrong, at each of a workload's boundaries or calls. */
enum FaultModel {
  /** The power goes; nothing unforced is left. */
  LOST(Kind.POWER),
  /** The power goes; what was unforced is there up to some change, which is torn. */
  TORN(Kind.POWER),
  /** The power goes; any subset of what was unforced is there. */
  REORDERED(Kind.POWER),
  /** The power goes; all that was unforced is there. */
  KEPT(Kind.POWER),
  /** The process is killed; a power loss after the next life has been read takes the unforced. */
  KILLED(Kind.POWER),
  /** The power goes, and again while the next life opens. */
  TWICE(Kind.POWER),
  /** One call fails with EIO. */
  EIO_ONCE(Kind.ERROR),
  /** A call and all that follow fail with EIO. */
  EIO_ON(Kind.ERROR),
  /** One call that needs room fails with ENOSPC. */
  ENOSPC_ONCE(Kind.ERROR),
  /** From a call on nothing more fits, until there is space again. */
  ENOSPC_ON(Kind.ERROR),
  /** One read hands out a wrong bit. */
  FLIP_READ(Kind.SILENT),
  /** One write puts a wrong bit on the device. */
  FLIP_WRITE(Kind.SILENT),
  /** One write lands beside its place. */
  MISDIRECTED(Kind.SILENT);

  private final Kind kind;

  FaultModel(Kind kind) {
    this.kind = kind;
  }

  enum Kind {
    POWER,
    /** Calls say that they failed. */
    ERROR,
    /** The device says nothing. */
    SILENT
  }

  /**
   * Where it strikes.
   *
   * @param operation the calls that are counted; null for boundaries
   * @param number from 0
   */
  record Spot(DiskOperation operation, long number) {
    @Override
    public String toString() {
      return operation == null ? "boundary " + number : operation + " " + number;
    }
  }

  Kind kind() {
    return kind;
  }

  boolean isFull() {
    return this == ENOSPC_ONCE || this == ENOSPC_ON;
  }

  /** Every spot of a life that went undisturbed on {@code disk}. */
  List<Spot> spots(SimulatedDisk disk) {
    List<Spot> spots = new ArrayList<>();
    if (kind == Kind.POWER) {
      for (long boundary = 0; boundary < disk.boundaries(); boundary++) {
        spots.add(new Spot(null, boundary));
      }
      return spots;
    }
    for (DiskOperation operation : DiskOperation.values()) {
      for (long call = 0; concerns(operation) && call < disk.calls(operation); call++) {
        spots.add(new Spot(operation, call));
      }
    }
    return spots;
  }

  private boolean concerns(DiskOperation operation) {
    return switch (this) {
      case LOST, TORN, REORDERED, KEPT, KILLED, TWICE -> operation.isBoundary();
      case EIO_ONCE, EIO_ON -> true;
      case ENOSPC_ONCE, ENOSPC_ON -> operation.mayFillDisk() && operation != DiskOperation.TRUNCATE;
      case FLIP_READ -> operation == DiskOperation.READ;
      case FLIP_WRITE, MISDIRECTED -> operation == DiskOperation.WRITE;
    };
  }

  /** Prepares a disk on which nothing was done yet. */
  void arm(SimulatedDisk disk, Spot spot) {
    DiskFaults faults = disk.faults();
    DiskOperation operation = spot.operation();
    long number = spot.number();
    switch (this) {
      case LOST, TORN, REORDERED, KEPT, KILLED, TWICE -> disk.crashAt(number);
      case EIO_ONCE -> faults.failCall(operation, number, Failure.IO_ERROR);
      case EIO_ON -> faults.failFrom(operation, number, Failure.IO_ERROR);
      case ENOSPC_ONCE -> faults.failCall(operation, number, Failure.NO_ROOM);
      case ENOSPC_ON -> faults.fullFrom(operation, number);
      case FLIP_READ, FLIP_WRITE -> faults.corruptCall(operation, number, Corruption.BIT_FLIP);
      case MISDIRECTED -> faults.corruptCall(operation, number, Corruption.MISDIRECTED);
    }
  }

  /** What a power loss at the end of the life leaves. */
  CrashMode mode() {
    return switch (this) {
      case LOST, KILLED, FLIP_READ, FLIP_WRITE, MISDIRECTED -> CrashMode.LOST;
      case TORN -> CrashMode.TORN;
      case KEPT -> CrashMode.KEPT;
      case REORDERED, TWICE, EIO_ONCE, EIO_ON, ENOSPC_ONCE, ENOSPC_ON -> CrashMode.REORDERED;
    };
  }
}
