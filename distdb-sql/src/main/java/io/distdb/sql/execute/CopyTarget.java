// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.external.ByteOutput;
import java.io.IOException;

/** Takes the data of COPY … TO, piece by piece: a row, or what comes before and after the rows. */
public interface CopyTarget {
  /** Begins a piece, and takes back one that was not ended: where to write it. */
  ByteOutput begin();

  /** The piece is whole. */
  void end() throws IOException;

  /** There are no more. */
  void finish() throws IOException;
}
