// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/** The rows that COPY … FROM reads, in batches; errors say where in the data they are. */
sealed interface CopyRows permits CopyInput, CopyBinaryInput {
  /** Reads what comes before the rows. */
  void header();

  /** Fills {@link #batch}; false when there are no more rows. */
  boolean next();

  /** The fields of rows; valid until {@link #next}. */
  Batch batch();

  /** Number of the line that the row at {@code at} of the batch came from. */
  long line(int at);

  /** What an error says of a row that came from line {@code number}. */
  String place(long number);
}
