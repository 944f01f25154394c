// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

/** A way to find the partners of a row. */
public enum JoinMethod {
  HASH,
  MERGE,
  /** A nested loop that reads its inner table by an index. */
  INDEX,
  /** A nested loop over rows that are held. */
  LOOP
}
