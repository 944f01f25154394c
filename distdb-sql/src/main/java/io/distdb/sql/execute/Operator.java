// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/** One run of one node of a plan: batches on demand. Used by one thread. */
interface Operator {
  /** The next rows, at least one; null when there are no more. */
  Batch next();

  /** Frees what it holds, inputs included. May be called twice. */
  void close();
}
