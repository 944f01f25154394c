// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

import io.distdb.testkit.SimulatedCrash;
import java.util.List;

/**
 * Runs a workload once for every boundary at which the power may go, and looks at what each kind of
 * power loss leaves. Single-threaded; needs no scheduler.
 *
 * <pre>{@code
 * CrashPoints.run(seed, CrashPoints.ALL, Acknowledged::new,
 *     (disk, acknowledged) -> { write to the disk; note in acknowledged what was promised },
 *     (disk, acknowledged) -> { open what is on the disk; assert that no promise is broken });
 * }</pre>
 */
public final class CrashPoints {
  public static final List<CrashMode> ALL = List.of(CrashMode.values());

  private CrashPoints() {}

  /** Works on the disk until it is done or a {@link SimulatedCrash} comes through. */
  @FunctionalInterface
  public interface Workload<T> {
    void run(SimulatedDisk disk, T promises);
  }

  /** Judges what a crash left; throws to fail. It may write to the disk. */
  @FunctionalInterface
  public interface Verifier<T> {
    void verify(SimulatedDisk disk, T promises);
  }

  /** Makes the empty notebook of one run. */
  @FunctionalInterface
  public interface Promises<T> {
    T begin();
  }

  /**
   * @param modes each is tried at each boundary
   * @return how many boundaries the workload has
   * @throws AssertionError names the seed, the boundary and the mode at which the verifier failed
   */
  public static <T> long run(
      long seed,
      List<CrashMode> modes,
      Promises<T> promises,
      Workload<T> workload,
      Verifier<T> verifier) {
    for (long boundary = 0; ; boundary++) {
      SimulatedDisk disk = new SimulatedDisk(seed);
      disk.crashAt(boundary);
      T notebook = promises.begin();
      boolean completed = runUntilCrash(workload, disk, notebook);
      for (CrashMode mode : modes) {
        verify(verifier, disk, mode, notebook, seed, boundary);
      }
      if (completed) {
        return disk.boundaries();
      }
    }
  }

  private static <T> boolean runUntilCrash(Workload<T> workload, SimulatedDisk disk, T notebook) {
    try {
      workload.run(disk, notebook);
    } catch (SimulatedCrash crash) {
      if (!disk.isOff()) {
        throw crash;
      }
    }
    return !disk.isOff();
  }

  private static <T> void verify(
      Verifier<T> verifier,
      SimulatedDisk disk,
      CrashMode mode,
      T notebook,
      long seed,
      long boundary) {
    try {
      verifier.verify(disk.afterPowerLoss(mode), notebook);
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError(
          "seed "
              + seed
              + ", power lost at boundary "
              + boundary
              + ", "
              + mode
              + ": "
              + failure.getMessage(),
          failure);
    }
  }
}
