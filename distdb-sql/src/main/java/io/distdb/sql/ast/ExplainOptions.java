// SPDX-License-Identifier: MIT
package io.distdb.sql.ast;

/**
 * What EXPLAIN is to tell.
 *
 * @param analyze whether it runs the statement and says what each node did
 * @param costs whether it tells the optimizer's estimates
 * @param timing whether it tells how long nodes took; true with {@code analyze} only
 * @param summary whether it tells how long planning, and running, took
 */
public record ExplainOptions(
    boolean analyze, boolean costs, boolean timing, boolean summary, Format format) {
  /** The form of the answer. */
  public enum Format {
    /** A row for each line. */
    TEXT,
    /** One row. */
    JSON
  }
}
