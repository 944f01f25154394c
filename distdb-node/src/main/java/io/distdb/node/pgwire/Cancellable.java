// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

/** A connection whose statement another one may end. Thread-safe. */
interface Cancellable {
  /** Ends the statement that runs, when {@code given} is this connection's secret. */
  void cancel(int given);
}
