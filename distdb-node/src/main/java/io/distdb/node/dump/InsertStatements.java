// SPDX-License-Identifier: MIT
package io.distdb.node.dump;

import io.distdb.client.Result;
import io.distdb.client.Statements;
import io.distdb.sql.text.Texts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * Rows in COPY's text format on their way into a dump, where they are INSERT statements. In this
 * format a tab ends a value and a line end a row: those within are written with a backslash.
 */
final class InsertStatements extends OutputStream {
  private static final Set<String> NUMBERS =
      Set.of("smallint", "integer", "bigint", "oid", "real", "double precision", "numeric");

  private final OutputStream target;
  private final String begin;
  private final List<String> types;
  private final int rowsPerInsert;
  private final LongConsumer progress;
  private final ByteArrayOutputStream row = new ByteArrayOutputStream();
  private int rows;

  /**
   * @param database to ask for the types of the columns
   * @param copied of kind data
   * @param progress is told of bytes as they are written
   */
  InsertStatements(
      Statements database,
      Entry copied,
      RowStyle style,
      OutputStream target,
      LongConsumer progress) {
    this.target = target;
    this.progress = progress;
    rowsPerInsert = style.rowsPerInsert();
    types = new ArrayList<>();
    boolean always = false;
    String table = copied.qualifiedName();
    try (Result columns =
        database.query(
            "SELECT pg_catalog.format_type(atttypid, NULL), attidentity = 'a' FROM"
                + " pg_catalog.pg_attribute WHERE attrelid = "
                + Texts.literal(table)
                + "::regclass AND attnum > 0 AND NOT attisdropped ORDER BY attnum")) {
      while (columns.next()) {
        types.add(columns.getString(0));
        always |= columns.getBoolean(1);
      }
    }
    String names = copied.statement().substring("COPY ".length() + table.length());
    begin =
        "INSERT INTO "
            + table
            + (style.columns() ? names : "")
            + (always ? " OVERRIDING SYSTEM VALUE" : "")
            + " VALUES ";
  }

  @Override
  public void write(int oneByte) throws IOException {
    if (oneByte == '\n') {
      endRow();
    } else {
      row.write(oneByte);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    for (int at = offset; at < offset + length; at++) {
      if (bytes[at] == '\n') {
        row.write(bytes, from, at - from);
        endRow();
        from = at + 1;
      }
    }
    row.write(bytes, from, offset + length - from);
  }

  private void endRow() throws IOException {
    String[] cells = row.toString(StandardCharsets.UTF_8).split("\t", -1);
    row.reset();
    StringBuilder text = new StringBuilder(rows == 0 ? begin : ",\n    ").append('(');
    for (int i = 0; i < cells.length; i++) {
      text.append(i == 0 ? "" : ", ").append(literal(cells[i], types.get(i)));
    }
    text.append(')');
    rows++;
    if (rows == rowsPerInsert) {
      text.append(";\n");
      rows = 0;
    }
    put(text.toString());
  }

  private void put(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    target.write(bytes);
    progress.accept(bytes.length);
  }

  private static String literal(String cell, String type) {
    if (cell.equals("\\N")) {
      return "NULL";
    }
    if (type.equals("boolean")) {
      return cell.equals("t") ? "true" : "false";
    }
    return NUMBERS.contains(type) && cell.matches("-?[0-9][0-9.e+-]*")
        ? cell
        : Texts.literal(plain(cell));
  }

  /** Without what COPY writes with a backslash. */
  private static String plain(String cell) {
    if (cell.indexOf('\\') < 0) {
      return cell;
    }
    StringBuilder text = new StringBuilder(cell.length());
    for (int at = 0; at < cell.length(); at++) {
      char c = cell.charAt(at);
      text.append(c == '\\' ? meant(cell.charAt(++at)) : c);
    }
    return text.toString();
  }

  private static char meant(char escaped) {
    return switch (escaped) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> '\u000b';
      default -> escaped;
    };
  }

  /** Ends the last statement; without rows there is none. */
  void finish() throws IOException {
    if (rows > 0) {
      put(";\n");
      rows = 0;
    }
  }
}
