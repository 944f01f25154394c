// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import io.distdb.node.pgwire.auth.Decoys;
import io.distdb.sql.session.Databases;

/** What lets clients in: over sockets, or within the process. Thread-safe. */
interface Reception {
  Databases databases();

  Connections connections();

  /** What clients have to do. */
  Admission admission();

  /**
   * Makes who could not prove himself wait a second, and writes it down.
   *
   * @param peer where he comes from
   */
  void failed(String peer, String user);

  /** The present, in microseconds since 1970-01-01 UTC. */
  long nowMicros();

  /** For roles that are not there. */
  Decoys decoys();

  /**
   * Says whether one more client may come in.
   *
   * @throws io.distdb.api.error.DistDbException {@code TOO_MANY_CONNECTIONS}, {@code
   *     CANNOT_CONNECT_NOW}
   */
  void admit();
}
