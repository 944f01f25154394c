// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.util.ArrayList;
import java.util.List;

/** Answers whose columns are whole numbers. */
final class SqlRows {
  private SqlRows() {}

  static List<long[]> longs(Session session, String sql) {
    List<long[]> answer = new ArrayList<>();
    if (session.execute(sql) instanceof StatementResult.Rows result) {
      try (ResultRows rows = result.rows()) {
        while (rows.next()) {
          long[] row = new long[rows.columns().size()];
          for (int column = 0; column < row.length; column++) {
            row[column] = rows.getLong(column);
          }
          answer.add(row);
        }
      }
    }
    return answer;
  }
}
