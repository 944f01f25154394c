// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

/**
 * Sees every call of a simulated disk, in the caller's thread and outside the disk's own lock, so
 * that it may take time or let another thread run.
 */
public interface DiskListener {
  /** Hears nothing. */
  DiskListener SILENT = new DiskListener() {};

  /** Before anything happened. */
  default void before(DiskCall call) {}

  /** After it succeeded. */
  default void after(DiskCall call) {}

  /** The power went; may come within the disk's lock, so it must not wait. */
  default void powerLost(String cause) {}
}
