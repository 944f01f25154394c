// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/** Rows that several operators of one run read, each from the first on. */
interface SharedRows {
  /** The rows that are here. */
  RowList rows();

  /** Makes more rows than {@code known} be here; false when there are no more. */
  boolean fetch(long known);
}
