// SPDX-License-Identifier: MIT
package io.distdb.testcluster.sqltext;

import io.distdb.testcluster.sqltext.SqlTextRecord.SortMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads SQL text files. Format: sqlite.org/sqllogictest/doc/trunk/about.wiki; a record ends at an
 * empty line; {@code skipif} and {@code onlyif} are answered as the engine {@code postgresql}.
 */
public final class SqlTextParser {
  private static final String ENGINE = "postgresql";

  private final List<String> lines;
  private final List<SqlTextRecord> records = new ArrayList<>();
  private int next;
  private String session = "main";
  private int hashThreshold;
  private boolean skip;

  private SqlTextParser(List<String> lines) {
    this.lines = lines;
  }

  /**
   * @throws IllegalArgumentException a line that does not belong to the format
   */
  public static List<SqlTextRecord> parse(List<String> lines) {
    SqlTextParser parser = new SqlTextParser(lines);
    parser.run();
    return List.copyOf(parser.records);
  }

  private void run() {
    while (next < lines.size()) {
      String line = lines.get(next++).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] words = line.split("\\s+");
      switch (words[0]) {
        case "halt" -> {
          if (!skip) {
            return;
          }
          skip = false;
        }
        case "hash-threshold" -> hashThreshold = Integer.parseInt(words[1]);
        case "skipif" -> skip |= words[1].equals(ENGINE);
        case "onlyif" -> skip |= !words[1].equals(ENGINE);
        case "session" -> session = words[1];
        case "statement" -> statement(words);
        case "query" -> query(words);
        case "explain" -> explain();
        default -> throw new IllegalArgumentException("line " + next + ": not a record: " + line);
      }
    }
  }

  private void statement(String[] words) {
    int line = next;
    String sql = block(false);
    add(
        words[1].equals("ok")
            ? new SqlTextRecord.StatementOk(line, session, sql)
            : new SqlTextRecord.StatementError(line, session, sql, sqlState(words)));
  }

  private static Optional<String> sqlState(String[] words) {
    return words.length > 2 && words[2].startsWith("sqlstate=")
        ? Optional.of(words[2].substring("sqlstate=".length()))
        : Optional.empty();
  }

  private void query(String[] words) {
    int line = next;
    String types = words.length > 1 ? words[1] : "";
    SortMode sortMode =
        words.length > 2 ? SortMode.valueOf(words[2].toUpperCase(Locale.ROOT)) : SortMode.NOSORT;
    String sql = block(true);
    add(
        new SqlTextRecord.Query(
            line, session, sql, types, sortMode, hashThreshold, expectedLines()));
  }

  private void explain() {
    int line = next;
    String sql = block(true);
    add(new SqlTextRecord.Explain(line, session, sql, expectedLines()));
  }

  private void add(SqlTextRecord record) {
    if (!skip) {
      records.add(record);
    }
    skip = false;
  }

  /** Lines up to an empty one, or, when answers follow, up to the dashes. */
  private String block(boolean endsAtDashes) {
    StringBuilder text = new StringBuilder();
    while (next < lines.size()) {
      String line = lines.get(next);
      if (line.isBlank()) {
        break;
      }
      next++;
      if (endsAtDashes && line.strip().equals("----")) {
        return text.toString().strip();
      }
      text.append(line).append('\n');
    }
    return text.toString().strip();
  }

  private List<String> expectedLines() {
    List<String> expected = new ArrayList<>();
    while (next < lines.size() && !lines.get(next).isBlank()) {
      expected.add(lines.get(next++));
    }
    return expected;
  }
}
