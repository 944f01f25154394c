// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

/** What a power loss leaves of the changes that were not forced. */
public enum CrashMode {
  /** Nothing. */
  LOST,
  /** Everything. */
  KEPT,
  /** All up to one of them, in the order they were made; of that one, its first sectors. */
  TORN,
  /** Any sectors, any renames: a subset in no order. */
  REORDERED
}
