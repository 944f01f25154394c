// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import io.distdb.sql.session.Notice;
import io.distdb.sql.session.ResultColumn;
import io.distdb.sql.session.StatementResult.Command;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.Tuple;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/** Takes in what the server answers to one statement, or to a fetch. */
final class Answer extends ResultHandlerBase {
  /** More of one statement are not kept. */
  private static final int NOTICES_MAX = 1_000;

  private List<ResultColumn> columns;
  private List<Tuple> rows = List.of();
  private ResultCursor cursor;
  private String tag = "";
  private long sum;
  private final List<Notice> notices = new ArrayList<>(0);

  /** Of a command that counts nothing, as if the server had given it. */
  static Answer of(String tag) {
    Answer answer = new Answer();
    answer.tag = tag;
    return answer;
  }

  @Override
  public void handleResultRows(
      Query from, Field[] fields, List<Tuple> tuples, ResultCursor resultCursor) {
    columns = Stream.of(fields).map(Answer::column).toList();
    rows = tuples;
    cursor = resultCursor;
  }

  private static ResultColumn column(Field field) {
    return new ResultColumn(
        field.getColumnLabel(), RemoteTypes.type(field.getOID(), field.getMod()));
  }

  @Override
  public void handleCommandStatus(String status, long updateCount, long insertOid) {
    tag = status;
    sum += updateCount;
  }

  @Override
  public void handleWarning(SQLWarning warning) {
    if (warning instanceof PSQLWarning told && notices.size() < NOTICES_MAX) {
      notices.add(notice(told.getServerErrorMessage()));
    }
  }

  private static Notice notice(ServerErrorMessage message) {
    Notice.Severity severity =
        switch (message.getSeverity()) {
          case "WARNING" -> Notice.Severity.WARNING;
          case "INFO" -> Notice.Severity.INFO;
          case "LOG" -> Notice.Severity.LOG;
          case "DEBUG" -> Notice.Severity.DEBUG;
          case null, default -> Notice.Severity.NOTICE;
        };
    return new Notice(
        severity,
        message.getSQLState(),
        message.getMessage(),
        Optional.ofNullable(message.getDetail()),
        Optional.ofNullable(message.getHint()));
  }

  /** What was told besides, in its order. */
  List<Notice> notices() {
    return notices;
  }

  boolean hasRows() {
    return columns != null;
  }

  List<ResultColumn> columns() {
    return columns == null ? List.of() : columns;
  }

  List<Tuple> rows() {
    return rows;
  }

  /** Where the rest of the rows is; null: there is none. */
  ResultCursor cursor() {
    return cursor;
  }

  /** Rows changed by all statements that were answered. */
  long changed() {
    return sum;
  }

  /** {@code INSERT 0 3} is 3 rows of INSERT, {@code CREATE TABLE} no number of rows. */
  Command command() {
    int last = tag.lastIndexOf(' ');
    boolean counts = last > 0 && tag.substring(last + 1).chars().allMatch(Character::isDigit);
    if (!counts || tag.isEmpty() || tag.equals("EMPTY")) {
      String bare = tag.equals("EMPTY") ? "" : tag;
      return new Command(bare, Command.NO_COUNT, List.copyOf(notices));
    }
    String words = tag.substring(0, last);
    return new Command(
        words.equals("INSERT 0") ? "INSERT" : words,
        Long.parseLong(tag.substring(last + 1)),
        List.copyOf(notices));
  }
}
