// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

/**
 * Whether a record's checksum holds. A seam, so that a test can plant a journal that ignores
 * checksums and see it caught.
 */
@FunctionalInterface
interface ChecksumCheck {
  /** What every journal does. */
  ChecksumCheck EQUAL = (written, computed) -> written == computed;

  boolean holds(int written, int computed);
}
