// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.util.ArrayList;
import java.util.List;

/** Asks a server about itself, in a session of the user's: within an open block, of that. */
record Catalog(Session session) {
  /** All rows of a query, as text; NULL is empty. */
  List<String[]> rows(String query) {
    return switch (session.execute(query)) {
      case StatementResult.Command command -> List.of();
      case StatementResult.Rows found -> texts(found);
    };
  }

  private static List<String[]> texts(StatementResult.Rows found) {
    List<String[]> all = new ArrayList<>();
    try (ResultRows rows = found.rows()) {
      while (rows.next()) {
        String[] cells = new String[rows.columns().size()];
        for (int i = 0; i < cells.length; i++) {
          cells[i] = rows.isNull(i) ? "" : rows.text(i);
        }
        all.add(cells);
      }
    }
    return all;
  }

  /** The first cells of a query's rows. */
  List<String> lines(String query) {
    return rows(query).stream().map(row -> row[0]).toList();
  }
}
