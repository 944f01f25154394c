// SPDX-License-Identifier: MIT
package io.distdb.node.inspect;

import io.distdb.api.disk.Disk;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.storage.memory.disk.FileDisk;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * What looking at a directory runs in.
 *
 * @param places opens a directory that another one names, to be read
 * @param progress told how far reading has come, of each file or group of files
 */
public record InspectSurroundings(
    Clock clock, Scheduler scheduler, Function<String, Disk> places, Journal.Progress progress) {
  /** This machine. */
  public static InspectSurroundings system(Journal.Progress progress) {
    return new InspectSurroundings(
        Clock.system(),
        Scheduler.threads(),
        place -> FileDisk.readOnly(Path.of(place), Clock.system()),
        progress);
  }
}
