// SPDX-License-Identifier: MIT
package io.distdb.sql.activity;

/**
 * What all runs of one statement took together.
 *
 * @param query its text, with {@code $1}, {@code $2} for literals
 */
public record StatementRow(
    String database,
    String query,
    long calls,
    long totalNanos,
    long minNanos,
    long maxNanos,
    long rows) {
  /** A number for the text, the same in every process. */
  public long id() {
    long hash = 0xcbf29ce484222325L; // FNV-1a
    for (int i = 0; i < query.length(); i++) {
      hash = (hash ^ query.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }
}
