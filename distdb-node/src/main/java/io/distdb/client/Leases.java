// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.error.DistDbException;
import io.distdb.sql.session.Session;

/** Where the calls of a client get sessions from. Thread-safe. */
interface Leases extends AutoCloseable {
  /**
   * A session for one call, result or transaction.
   *
   * @throws DistDbException {@code CONNECTION_CLOSED}; over a network, what connecting meets
   */
  Lease take();

  /** Whether a session was lost, and nothing of what ended with {@code why} has happened. */
  default boolean goesOn(Session lost, DistDbException why) {
    return false;
  }

  /** For the next one. */
  void giveBack(Lease lease);

  /**
   * @throws DistDbException {@code CONNECTION_CLOSED}
   */
  void checkOpen();

  @Override
  void close();
}
