// SPDX-License-Identifier: MIT
package io.distdb.testcluster.sqltext;

import java.util.List;
import java.util.Optional;

/** One record of a SQL text file. {@code line} is that of its first line, from 1. */
public sealed interface SqlTextRecord {
  int line();

  /** The session that runs it; the first one is called {@code main}. */
  String session();

  String sql();

  /** A statement that must succeed. */
  record StatementOk(int line, String session, String sql) implements SqlTextRecord {}

  /**
   * A statement that must fail.
   *
   * @param sqlState empty: with any code
   */
  record StatementError(int line, String session, String sql, Optional<String> sqlState)
      implements SqlTextRecord {}

  /**
   * A query and its answer.
   *
   * @param types one letter a column: I, T or R
   * @param expected values one by one, or the one line {@code N values hashing to MD5}
   */
  record Query(
      int line,
      String session,
      String sql,
      String types,
      SortMode sortMode,
      int hashThreshold,
      List<String> expected)
      implements SqlTextRecord {
    public Query {
      expected = List.copyOf(expected);
    }
  }

  /** A query whose EXPLAIN must contain each line, or must not contain those that start with !. */
  record Explain(int line, String session, String sql, List<String> expected)
      implements SqlTextRecord {
    public Explain {
      expected = List.copyOf(expected);
    }
  }

  /** In what order an answer is compared. */
  enum SortMode {
    NOSORT,
    ROWSORT,
    VALUESORT
  }
}
