// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

/**
 * Whether a record's checksum holds, and whether it follows the one before it. A seam, so that a
 * test can plant a journal that ignores either and see it caught.
 */
@FunctionalInterface
interface ChecksumCheck {
  /** What every journal does. */
  ChecksumCheck EQUAL = (written, computed) -> written == computed;

  boolean holds(int written, int computed);

  /**
   * @param previous the CRC of the record before it, as it names it
   * @param chain that CRC
   */
  default boolean follows(int previous, int chain) {
    return previous == chain;
  }
}
