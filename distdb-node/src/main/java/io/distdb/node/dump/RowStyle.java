// SPDX-License-Identifier: MIT
package io.distdb.node.dump;

/**
 * How rows are written.
 *
 * @param inserts INSERT statements; else those of COPY
 * @param columns whether an INSERT names its columns
 * @param rowsPerInsert at least 1
 */
public record RowStyle(boolean inserts, boolean columns, int rowsPerInsert) {
  public static final RowStyle COPY = new RowStyle(false, false, 1);
}
