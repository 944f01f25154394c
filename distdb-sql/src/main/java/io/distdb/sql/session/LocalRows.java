// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.sql.external.RowCells;
import io.distdb.sql.setting.TextStyle;

/**
 * Rows of a database in this JVM, for whoever writes them in a form of its own. Those of {@link
 * ServerSession}s all are.
 */
public interface LocalRows extends ResultRows {
  /** The present row's cells as they are kept, for whoever writes them all: nothing is checked. */
  RowCells cells();

  /** The form in which {@link #text} shows values. */
  TextStyle style();
}
