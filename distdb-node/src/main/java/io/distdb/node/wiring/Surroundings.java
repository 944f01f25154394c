// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.api.disk.Disk;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.node.config.Config;
import io.distdb.storage.memory.disk.FileDisk;
import java.util.Objects;
import java.util.Optional;

/**
 * What a node runs in: the machine, or a simulation of one.
 *
 * @param disk the data directory; empty for a database in memory
 * @param holder who opens it, as told to those who find it locked
 * @param progress told how far recovery has come
 */
public record Surroundings(
    Clock clock,
    Scheduler scheduler,
    Optional<Disk> disk,
    String holder,
    Journal.Progress progress) {
  public Surroundings {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(scheduler, "scheduler");
    Objects.requireNonNull(disk, "disk");
    Objects.requireNonNull(holder, "holder");
    Objects.requireNonNull(progress, "progress");
  }

  /** This machine, and the directory that {@code config} names. */
  public static Surroundings system(Config config) {
    return new Surroundings(
        Clock.system(),
        Scheduler.threads(),
        config.directory().map(directory -> new FileDisk(directory, Clock.system())),
        "a program with DistDB embedded",
        Journal.Progress.SILENT);
  }

  public Surroundings withHolder(String newHolder) {
    return new Surroundings(clock, scheduler, disk, newHolder, progress);
  }

  public Surroundings withProgress(Journal.Progress newProgress) {
    return new Surroundings(clock, scheduler, disk, holder, newProgress);
  }
}
