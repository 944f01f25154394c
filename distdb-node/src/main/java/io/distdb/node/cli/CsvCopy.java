// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Value;
import io.distdb.sql.session.Prepared;
import io.distdb.sql.session.ResultColumn;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import io.distdb.sql.session.TransactionStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;

/**
 * Loads a CSV file (RFC 4180) in one transaction: every row or none. As in PostgreSQL's CSV format
 * an empty field without quotes is NULL, and one with quotes is the empty text. Within a
 * transaction block of the session the rows are part of that block.
 */
final class CsvCopy {
  private static final int PROGRESS_ROWS = 100_000;

  /** This quote mode is what tells the parser that quotes around nothing mean something. */
  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180
          .builder()
          .setQuoteMode(QuoteMode.ALL_NON_NULL)
          .setNullString("")
          .setIgnoreEmptyLines(false)
          .get();

  private final Session session;
  private final PrintWriter out;
  private final PrintWriter progress;

  /**
   * @param progress where to tell how many rows are loaded, or null
   */
  CsvCopy(Session session, PrintWriter out, PrintWriter progress) {
    this.session = session;
    this.out = out;
    this.progress = progress;
  }

  void run(CopyCommand command) {
    boolean ownBlock = session.transactionStatus() == TransactionStatus.IDLE;
    if (ownBlock) {
      session.execute("BEGIN");
    }
    boolean loaded = false;
    try {
      long rows = load(command);
      if (ownBlock) {
        session.execute("COMMIT");
      }
      loaded = true;
      out.println("COPY " + rows);
    } finally {
      if (ownBlock && !loaded && session.transactionStatus() != TransactionStatus.IDLE) {
        session.execute("ROLLBACK");
      }
    }
  }

  private long load(CopyCommand command) {
    List<ResultColumn> columns = columns(command);
    try (Reader text = Files.newBufferedReader(command.file());
        CSVParser records = CSVParser.parse(text, FORMAT);
        Prepared insert = session.prepare(command.insert(columns.size()))) {
      return new Load(command, columns, records, insert).run();
    } catch (NoSuchFileException missing) {
      throw new DistDbException(
          ErrorCode.UNDEFINED_FILE, "there is no file " + command.file().toAbsolutePath(), missing);
    } catch (IOException failure) {
      throw new DistDbException(
          ErrorCode.IO_ERROR, "cannot read " + command.file() + ": " + failure, failure);
    }
  }

  private List<ResultColumn> columns(CopyCommand command) {
    return switch (session.execute(command.columnsQuery())) {
      case StatementResult.Rows found -> {
        try (ResultRows rows = found.rows()) {
          yield rows.columns();
        }
      }
      case StatementResult.Command other ->
          throw new DistDbException(
              ErrorCode.SYNTAX_ERROR, "\\copy: " + command.table() + " is not a table");
    };
  }

  /** One file on its way into one table. */
  private final class Load {
    private final CopyCommand command;
    private final List<ResultColumn> columns;
    private final CSVParser records;
    private final Prepared insert;
    private long line = 1;
    private long rows;

    Load(CopyCommand command, List<ResultColumn> columns, CSVParser records, Prepared insert) {
      this.command = command;
      this.columns = columns;
      this.records = records;
      this.insert = insert;
    }

    long run() {
      Iterator<CSVRecord> iterator = records.iterator();
      if (command.header() && hasNext(iterator)) {
        iterator.next();
      }
      line = records.getCurrentLineNumber() + 1;
      while (hasNext(iterator)) {
        insert(iterator.next());
        rows++;
        line = records.getCurrentLineNumber() + 1;
        if (progress != null && rows % PROGRESS_ROWS == 0) {
          progress.print(String.format(Locale.ROOT, "\r%,d rows ...", rows));
          progress.flush();
        }
      }
      if (progress != null && rows >= PROGRESS_ROWS) {
        progress.print("\r" + " ".repeat(40) + "\r");
        progress.flush();
      }
      return rows;
    }

    private boolean hasNext(Iterator<CSVRecord> iterator) {
      try {
        return iterator.hasNext();
      } catch (UncheckedIOException failure) {
        if (failure.getCause() instanceof CSVException malformed) {
          throw failure(ErrorCode.BAD_COPY_FILE_FORMAT, "", malformed.getMessage(), failure);
        }
        if (failure.getCause() instanceof CharacterCodingException) {
          throw failure(ErrorCode.CHARACTER_NOT_IN_REPERTOIRE, "", "not UTF-8", failure);
        }
        throw failure(ErrorCode.IO_ERROR, "", failure.getCause().toString(), failure);
      }
    }

    private void insert(CSVRecord row) {
      if (row.size() != columns.size()) {
        throw failure(
            ErrorCode.BAD_COPY_FILE_FORMAT,
            "",
            row.size() + " fields where the table has " + columns.size() + " columns",
            null);
      }
      Value[] values = new Value[row.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(row.get(i), columns.get(i));
      }
      try {
        insert.execute(values);
      } catch (DistDbException failure) {
        throw failure(failure.code(), "", failure.getMessage(), failure);
      }
    }

    private Value value(String field, ResultColumn column) {
      try {
        return FieldText.parse(field, column.type());
      } catch (DistDbException failure) {
        String place = ", column " + column.name();
        throw failure(failure.code(), place, failure.getMessage(), failure);
      }
    }

    private DistDbException failure(ErrorCode code, String place, String message, Throwable cause) {
      return new DistDbException(
              code, command.file() + ", line " + line + place + ": " + message, cause)
          .withHint("Nothing of the file was loaded.");
    }
  }
}
