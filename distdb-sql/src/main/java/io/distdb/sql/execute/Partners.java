// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.vector.Vector;

/** The inner side of a join: finds the rows that may go with an outer row. Used by one thread. */
interface Partners {
  /** A new outer batch is there. */
  void enterBatch(Batch batch);

  /** Goes to the partners of the outer row at {@code position}. */
  void enterRow(int position);

  /** Whether there is another partner; copies its columns to row {@code at} from {@code first}. */
  boolean next(Vector[] columns, int first, int at);

  void close();

  /** Partners that are held, so that those which met no outer row can be told. */
  interface Held extends Partners {
    /** The number of the partner that {@link #next} gave, from 0. */
    int current();

    /** All of them; builds them if no outer batch has come. */
    ColumnBuffer rows();
  }

  /** Held partners that are found without a call a row. */
  interface Paired extends Held {
    /**
     * Goes on with the batch that was entered last: writes positions of outer rows and, beside
     * each, the number of a partner, until the arrays are full or the batch is through.
     *
     * @param outerRows as long as {@code partners}
     * @return how many pairs there are; 0 when the batch is through
     */
    int pairs(Batch outer, int[] outerRows, int[] partners);
  }
}
