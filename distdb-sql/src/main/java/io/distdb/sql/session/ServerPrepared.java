// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.type.Value;

/** A statement of a {@link ServerSession}. */
public interface ServerPrepared extends Prepared {
  /**
   * Whether it was closed, by {@link #close} or by DEALLOCATE: its name means nothing now, or
   * another statement.
   */
  boolean isClosed();

  /** As {@link #execute}, for who has bound values before it was closed. */
  StatementResult run(Value[] values);

  /** What was prepared, as the client wrote it. */
  String text();
}
