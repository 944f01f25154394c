// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Retry;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import io.distdb.testcluster.simulation.SimulatedDatabase;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a story takes place: a simulated node whose disk will fail in one way. It judges the errors
 * that come of that; any other error fails the run.
 */
final class Machine {
  private final SimulatedWorld world;
  private final SimulatedNode node;
  private final Workload workload;
  private final Optional<FaultModel> fault;
  private final Bug bug;
  private boolean inDoubt;
  private boolean healed;
  private boolean afterwards;
  private boolean detected;
  private int refusals;
  private int changesUntilLoss;

  /**
   * @param fault what will happen to the disk; empty for nothing
   */
  Machine(
      SimulatedWorld world,
      SimulatedNode node,
      Workload workload,
      Optional<FaultModel> fault,
      Bug bug) {
    this.world = world;
    this.node = node;
    this.workload = workload;
    this.fault = fault;
    this.bug = bug;
  }

  /** Makes the two directories, durably, as whoever mounts the disks does. */
  void prepare() {
    if (workload.apart()) {
      node.disk().createDirectories("data");
      node.disk().createDirectories("wal");
      node.disk().forceDirectory("");
    }
  }

  SimulatedWorld world() {
    return world;
  }

  SimulatedNode node() {
    return node;
  }

  Config config() {
    return workload.config();
  }

  /** The present process's disk, with the bug in it. */
  Disk disk() {
    return bug.plant(node.disk(), node.lives());
  }

  Client open() {
    return workload.apart()
        ? SimulatedDatabase.openApart(node, disk(), config())
        : SimulatedDatabase.open(node, disk(), config());
  }

  /** Whether a change has an outcome that only the next life will know: the present one is over. */
  boolean inDoubt() {
    return inDoubt;
  }

  /** The power will go with the n-th change after a fault of which the disk says nothing. */
  void losePowerAfter(int changes) {
    changesUntilLoss = changes;
  }

  /** The process that failed is gone, and with it the fault. */
  void begin() {
    inDoubt = false;
    healed = true;
    afterwards = true;
  }

  /** Whether the life with the fault is over. */
  boolean isAfterwards() {
    return afterwards;
  }

  /** Whether something was refused because a silent fault was found out. */
  boolean hasDetected() {
    return detected;
  }

  /** Whether the device says nothing of what it does wrong. */
  boolean isSilent() {
    return fault.isPresent() && fault.get().kind() == FaultModel.Kind.SILENT;
  }

  /** Changes and openings that the disk's errors ended. */
  int refusals() {
    return refusals;
  }

  /**
   * Opens, works, then lets the story see that it can still read and, after a full disk, write; and
   * closes. What opening and closing say of a failing disk ends the life.
   *
   * @return whether another life may follow it
   */
  boolean life(Story story, Consumer<Client> work) {
    boolean[] worked = {false};
    attempt(() -> {
      try (Client client = open()) {
        work.accept(client);
        worked[0] = true;
        endure(story, client);
      }
    });
    if (!worked[0] && fault.isPresent() && fault.get().isFull() && !inDoubt && !healed) {
      heal();
      return life(story, work);
    }
    return refusals == 0 || healed && !inDoubt;
  }

  /** How much of what was acknowledged an opening within the story may not show. */
  Books.Loss loss() {
    return fault.isPresent() && fault.get().kind() == FaultModel.Kind.SILENT
        ? new Books.Loss.LastBatch()
        : Books.Loss.NOTHING;
  }

  private void endure(Story story, Client client) {
    if (fault.isEmpty() || fault.get().kind() != FaultModel.Kind.ERROR) {
      return;
    }
    read(() -> story.check(client));
    if (fault.get().isFull() && node.disk().faults().injected() > 0 && !inDoubt) {
      heal();
      story.goOn(client);
      story.check(client);
    }
  }

  /** Makes space if it was a full disk that refused something; false when it was not. */
  boolean heals() {
    boolean full = fault.isPresent() && fault.get().isFull();
    if (full) {
      heal();
    }
    return full;
  }

  /** There is space again. */
  private void heal() {
    node.disk().faults().heal();
    healed = true;
  }

  /**
   * Runs a change that the books were told of, and tells them what came of it.
   *
   * @return false when the disk did not let it be done
   */
  boolean change(Books books, Picture next, Runnable change) {
    books.committing(next);
    boolean[] doubtful = {false};
    boolean done =
        attempt(() -> {
          try {
            change.run();
          } catch (DistDbException failure) {
            doubtful[0] = failure.code().retry() == Retry.ASK_FIRST;
            throw failure;
          }
        });
    if (done) {
      books.committed();
      losePower();
    } else if (doubtful[0]) {
      inDoubt = true;
    } else {
      books.refused();
    }
    return done;
  }

  /** Soon after a silent fault, at half of its spots: before anything else hides it. */
  private void losePower() {
    if (changesUntilLoss > 0 && node.disk().faults().injected() > 0 && --changesUntilLoss == 0) {
      node.disk().powerOff("power lost soon after a silent fault");
    }
  }

  /**
   * Runs what the disk may refuse.
   *
   * @return false when it did
   */
  boolean attempt(Runnable action) {
    try {
      action.run();
      return true;
    } catch (DistDbException failure) {
      if (!isOfTheDisk(failure)) {
        throw failure;
      }
      refusals++;
      detected |= isDetection(failure);
      return false;
    }
  }

  private boolean isOfTheDisk(DistDbException failure) {
    if (fault.isEmpty() || fault.get().kind() != FaultModel.Kind.ERROR || healed) {
      return isDetection(failure);
    }
    return switch (failure.code()) {
      case DISK_FULL -> fault.get().isFull();
      case IO_ERROR -> !fault.get().isFull();
      case COMMIT_OUTCOME_UNKNOWN -> true;
      // Of others whose commit failed: their locks are lost, what they read is in doubt.
      default -> failure.code().retry() == Retry.TRANSACTION;
    };
  }

  /** A silent fault that was found: what is damaged is named. */
  boolean isDetection(DistDbException failure) {
    return fault.isPresent()
        && fault.get().kind() == FaultModel.Kind.SILENT
        && Detection.of(failure).isPresent();
  }

  /** Reads; a read that waited for a commit that is now in doubt is tried again. */
  void read(Runnable reading) {
    try {
      reading.run();
    } catch (DistDbException waited) {
      if (waited.code() != ErrorCode.CANNOT_CONNECT_NOW) {
        throw waited;
      }
      reading.run();
    }
  }
}
