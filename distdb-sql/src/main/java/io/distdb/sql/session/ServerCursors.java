// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import java.util.Optional;

/**
 * The cursors of a session, for the protocol, whose portals have their names in common with them:
 * what DECLARE opens can be executed as a portal, and FETCH reads what Bind made.
 */
public interface ServerCursors {
  /** Says what portals there are, from now on. */
  void shareNames(ProtocolPortals portals);

  /** What DECLARE opened by that name. */
  Optional<ServerCursor> find(String name);

  /**
   * The next rows, which are to be read or closed before anything else runs.
   *
   * @param rowsMax at most so many; {@code Long.MAX_VALUE}: all
   * @throws DistDbException {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: its query has failed; {@code
   *     IN_FAILED_TRANSACTION}
   */
  StatementResult.Rows fetch(ServerCursor cursor, long rowsMax);

  /** Closes what DECLARE opened by that name, if there is such. */
  void close(String name);

  /**
   * A cursor over the rows of a portal, of which {@code passed} were read already. From now on they
   * are read by {@link #fetch} alone. The portal's end is its end.
   *
   * @param rows of this session
   */
  ServerCursor over(String name, String text, ResultRows rows, long passed);
}
