// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.external.ByteOutput;
import io.distdb.sql.external.RowCells;
import java.util.List;

/** Rows as COPY … TO writes them (PostgreSQL, "COPY", File Formats). Used by one thread. */
sealed interface CopyEncoder permits CopyTextEncoder, CopyBinaryEncoder {
  /**
   * What comes before the rows.
   *
   * @return whether there is something
   */
  boolean header(List<String> names, ByteOutput out);

  /** Writes the present row of {@code row}. */
  void row(RowCells row, ByteOutput out);

  /**
   * What comes behind the rows.
   *
   * @return whether there is something
   */
  boolean trailer(ByteOutput out);
}
