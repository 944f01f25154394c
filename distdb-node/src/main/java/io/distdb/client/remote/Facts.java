// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import io.distdb.api.type.SqlType;
import io.distdb.sql.session.ResultColumn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is known of statements by their text, for all sessions of a pool: least recently used ones
 * are forgotten. Thread-safe.
 */
final class Facts {
  private static final int STATEMENTS_MAX = 1_000;
  private static final int TEXT_MAX = 10_000;

  private final Map<String, Statement> bySql =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Statement> eldest) {
          return size() > STATEMENTS_MAX;
        }
      };

  Statement of(String sql) {
    if (sql.length() > TEXT_MAX) {
      return new Statement(StatementText.of(sql));
    }
    synchronized (bySql) {
      return bySql.computeIfAbsent(sql, text -> new Statement(StatementText.of(text)));
    }
  }

  /**
   * What the server said of a statement.
   *
   * @param nanoTime when
   */
  record Described(List<SqlType> parameters, List<ResultColumn> columns, long nanoTime) {}

  /** One statement. What is written by one thread is a hint for others. */
  static final class Statement {
    private final StatementText text;
    private volatile Described described;
    private volatile boolean small;

    Statement(StatementText text) {
      this.text = text;
    }

    StatementText text() {
      return text;
    }

    Described described() {
      return described;
    }

    void describedAs(Described answer) {
      described = answer;
    }

    /** Whether it had few rows when it ran last. */
    boolean isSmall() {
      return small;
    }

    void small(boolean few) {
      if (small != few) {
        small = few;
      }
    }
  }
}
