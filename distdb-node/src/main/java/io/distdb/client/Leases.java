// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.error.DistDbException;

/** Where the calls of a client get sessions from. Thread-safe. */
interface Leases extends AutoCloseable {
  /**
   * A session for one call, result or transaction.
   *
   * @throws DistDbException {@code CONNECTION_CLOSED}; over a network, what connecting meets
   */
  Lease take();

  /** For the next one. */
  void giveBack(Lease lease);

  /**
   * @throws DistDbException {@code CONNECTION_CLOSED}
   */
  void checkOpen();

  @Override
  void close();
}
