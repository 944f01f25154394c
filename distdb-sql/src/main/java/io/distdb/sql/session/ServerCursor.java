// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import java.util.List;

/** An open cursor of a {@link ServerSession}; {@link ServerCursors} reads it. */
public interface ServerCursor {
  List<ResultColumn> columns();
}
