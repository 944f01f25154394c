// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/** Rows that several operators of one run read, each from the first on. */
interface SharedRows {
  /** Columns of the rows that are here; may be other objects after {@link #fetch}. */
  ColumnBuffer rows();

  /** Makes more rows than {@code known} be here; false when there are no more. */
  boolean fetch(int known);
}
