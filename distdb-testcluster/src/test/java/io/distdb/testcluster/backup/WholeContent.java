// SPDX-License-Identifier: MIT
package io.distdb.testcluster.backup;

import io.distdb.sql.session.Databases;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Everything that SQL shows of all databases of a store, as text, to be compared. */
final class WholeContent {
  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables"
          + " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY table_name";
  private static final String COLUMNS =
      "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns"
          + " WHERE table_schema = 'public' ORDER BY table_name, ordinal_position";

  private WholeContent() {}

  /** By database and table, the rows, sorted; and the definitions. */
  static TreeMap<String, List<String>> of(Databases databases) {
    TreeMap<String, List<String>> content = new TreeMap<>();
    for (String name : databases.names()) {
      try (Session session = databases.database(name).newSession()) {
        content.put(name + " columns", rows(session, COLUMNS));
        for (String table : rows(session, TABLES)) {
          String quoted = '"' + table + '"';
          List<String> all = rows(session, "SELECT * FROM " + quoted);
          all.sort(null);
          content.put(name + "." + table, all);
        }
      }
    }
    return content;
  }

  static List<String> rows(Session session, String query) {
    List<String> rows = new ArrayList<>();
    try (ResultRows found = ((StatementResult.Rows) session.execute(query)).rows()) {
      while (found.next()) {
        StringBuilder row = new StringBuilder();
        for (int column = 0; column < found.columns().size(); column++) {
          row.append(column == 0 ? "" : "|").append(found.text(column));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }
}
