// SPDX-License-Identifier: MIT
package io.distdb.api.journal;

/** When a record counts as written. */
public enum Durability {
  /** Forced to the disk first. Survives power loss. */
  SYNC,
  /**
   * Forced at regular intervals: power loss takes at most one interval; a killed process nothing.
   */
  INTERVAL,
  /** Never forced: the operating system writes when it likes. A killed process loses nothing. */
  NONE
}
