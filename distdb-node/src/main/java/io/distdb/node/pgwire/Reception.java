// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import io.distdb.sql.session.Databases;

/** What lets clients in: over sockets, or within the process. Thread-safe. */
interface Reception {
  Databases databases();

  Connections connections();

  /**
   * Says whether one more client may come in.
   *
   * @throws io.distdb.api.error.DistDbException {@code TOO_MANY_CONNECTIONS}, {@code
   *     CANNOT_CONNECT_NOW}
   */
  void admit();
}
