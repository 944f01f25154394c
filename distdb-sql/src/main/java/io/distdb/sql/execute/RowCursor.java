// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;

/** Walks over stored rows of one table along an access path. */
interface RowCursor {
  boolean next();

  Bytes rowKey();

  Bytes row();

  /** May be called twice. */
  void close();
}
