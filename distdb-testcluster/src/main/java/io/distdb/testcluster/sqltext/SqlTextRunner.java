// SPDX-License-Identifier: MIT
package io.distdb.testcluster.sqltext;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs SQL text records in order, each on its named session. With {@code acceptRefusals} a record
 * that is answered with 0A000, or that needs what an earlier refused record would have made, counts
 * as refused and not as wrong: for corpora that go beyond what DistDB speaks today.
 */
public final class SqlTextRunner implements AutoCloseable {
  private final Supplier<Session> newSession;
  private final boolean acceptRefusals;
  private final Map<String, Session> sessions = new HashMap<>();
  private final List<String> failures = new ArrayList<>();
  private boolean statementRefused;
  private int passed;
  private int refused;

  public SqlTextRunner(Supplier<Session> newSession, boolean acceptRefusals) {
    this.newSession = newSession;
    this.acceptRefusals = acceptRefusals;
  }

  /** Runs all records; failures name {@code source} and the line. */
  public SqlTextReport run(String source, List<SqlTextRecord> records) {
    for (SqlTextRecord record : records) {
      Optional<String> problem = run(record);
      problem.ifPresentOrElse(
          text -> failures.add(source + ":" + record.line() + ": " + record.sql() + "\n  " + text),
          () -> passed++);
    }
    return new SqlTextReport(passed - refused, refused, failures);
  }

  private Optional<String> run(SqlTextRecord record) {
    Session session = sessions.computeIfAbsent(record.session(), name -> newSession.get());
    try {
      return switch (record) {
        case SqlTextRecord.StatementOk ok -> {
          execute(session, ok.sql());
          yield Optional.empty();
        }
        case SqlTextRecord.StatementError error -> {
          execute(session, error.sql());
          yield Optional.of(
              "must fail" + error.sqlState().map(state -> " with " + state).orElse(""));
        }
        case SqlTextRecord.Query query -> compare(query, rows(session, query.sql(), query.types()));
        case SqlTextRecord.Explain explain ->
            compareExplain(explain, rows(session, "EXPLAIN " + explain.sql(), "T"));
      };
    } catch (DistDbException failure) {
      return judge(record, failure);
    }
  }

  private Optional<String> judge(SqlTextRecord record, DistDbException failure) {
    if (record instanceof SqlTextRecord.StatementError expected) {
      return expected.sqlState().isEmpty() || expected.sqlState().get().equals(failure.sqlState())
          ? Optional.empty()
          : Optional.of("must fail with " + expected.sqlState().get() + ", failed with " + failure);
    }
    if (acceptRefusals && isRefusal(record, failure)) {
      refused++;
      return Optional.empty();
    }
    return Optional.of("failed with " + failure);
  }

  private boolean isRefusal(SqlTextRecord record, DistDbException failure) {
    if (failure.code() == ErrorCode.FEATURE_NOT_SUPPORTED) {
      statementRefused |= record instanceof SqlTextRecord.StatementOk;
      return true;
    }
    return statementRefused
        && (failure.code() == ErrorCode.UNDEFINED_TABLE
            || failure.code() == ErrorCode.UNDEFINED_OBJECT);
  }

  private static void execute(Session session, String sql) {
    if (session.execute(sql) instanceof StatementResult.Rows rows) {
      try (ResultRows result = rows.rows()) {
        while (result.next()) {
          result.get(0);
        }
      }
    }
  }

  private static List<List<String>> rows(Session session, String sql, String types) {
    List<List<String>> answer = new ArrayList<>();
    if (!(session.execute(sql) instanceof StatementResult.Rows rows)) {
      return answer;
    }
    try (ResultRows result = rows.rows()) {
      int columns = result.columns().size();
      while (result.next()) {
        List<String> row = new ArrayList<>(columns);
        for (int column = 0; column < columns; column++) {
          char letter = column < types.length() ? types.charAt(column) : 'T';
          row.add(AnswerFormat.format(result.get(column), letter));
        }
        answer.add(row);
      }
    }
    return answer;
  }

  private static Optional<String> compare(SqlTextRecord.Query query, List<List<String>> rows) {
    if (!rows.isEmpty() && rows.get(0).size() != query.types().length()) {
      return Optional.of(
          "expected " + query.types().length() + " columns, got " + rows.get(0).size());
    }
    List<String> values = AnswerFormat.arrange(rows, query.sortMode());
    List<String> expected = query.expected();
    boolean hashed = expected.size() == 1 && expected.get(0).contains("values hashing to");
    List<String> actual = hashed ? List.of(AnswerFormat.hash(values)) : values;
    return actual.equals(expected) || rowsOf(actual, query).equals(expected)
        ? Optional.empty()
        : Optional.of("expected " + expected + "\n  got      " + actual);
  }

  /** DistDB's own files write a row on a line, values divided by one space. */
  private static List<String> rowsOf(List<String> values, SqlTextRecord.Query query) {
    int width = query.types().length();
    List<String> rows = new ArrayList<>();
    for (int i = 0; width > 0 && i + width <= values.size(); i += width) {
      rows.add(String.join(" ", values.subList(i, i + width)));
    }
    return rows;
  }

  private static Optional<String> compareExplain(
      SqlTextRecord.Explain explain, List<List<String>> rows) {
    String plan = String.join("\n", rows.stream().map(row -> row.get(0)).toList());
    for (String line : explain.expected()) {
      boolean unwanted = line.startsWith("!");
      String part = (unwanted ? line.substring(1) : line).strip();
      if (plan.contains(part) == unwanted) {
        return Optional.of(
            "the plan must " + (unwanted ? "not " : "") + "contain: " + part + "\n" + plan);
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    sessions.values().forEach(Session::close);
  }
}
