// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

/** How fresh what a transaction reads must be. */
public enum ReadMode {
  /** It sees all that was acknowledged before its snapshot was taken, wherever that was. */
  LINEARIZABLE,

  /**
   * It sees what there was at one moment, which may be as long ago as the replica at hand has to be
   * behind: nobody else is asked. Of transactions that only read.
   */
  BOUNDED_STALENESS
}
