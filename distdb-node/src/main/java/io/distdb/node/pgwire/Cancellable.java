// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

/** A connection whose statement another one may end. Thread-safe. */
interface Cancellable {
  /** The number that the client was told, which no other that is connected has. */
  int process();

  /** Ends the statement that runs, when {@code given} is this connection's secret. */
  void cancel(int given);
}
