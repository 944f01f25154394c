// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.external.TextReader;
import io.distdb.sql.function.Environment;
import io.distdb.sql.function.TypeInput;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.CopyFormat;
import io.distdb.sql.logical.CopyFormat.Header;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.io.InputStream;
import java.util.List;

/** Rows in one of COPY's formats that are text. */
final class CopyInput implements CopyRows {
  private static final int SHOWN_MAX = 100;

  private final BoundStatement.CopyIn copy;
  private final Environment environment;
  private final CopyFormat format;
  private final CopyLines lines;
  private final CopyFields fields;
  private final List<TableColumn> columns;
  private final SqlType[] types;
  private final Batch batch;
  private final long[] numbers = new long[Batch.ROWS_MAX];

  CopyInput(BoundStatement.CopyIn copy, InputStream input, Environment environment) {
    this.copy = copy;
    this.environment = environment;
    format = copy.format();
    lines = new CopyLines(input, format);
    columns = copy.given().stream().map(copy.table().columns()::get).toList();
    fields = CopyFields.of(format, columns.size());
    types = copy.fields().stream().map(Variable::type).toArray(SqlType[]::new);
    batch = new Batch(new Vector[types.length]);
    for (int i = 0; i < types.length; i++) {
      batch.columns[i] = new Vector(types[i], Batch.ROWS_MAX);
    }
  }

  @Override
  public Batch batch() {
    return batch;
  }

  /** Reads the header line when there should be one. */
  @Override
  public void header() {
    if (format.header() == Header.NONE || !nextLine()) {
      return;
    }
    if (format.header() == Header.MATCH) {
      try {
        match();
      } catch (DistDbException failure) {
        throw failure.withContext(line() + shown());
      }
    }
  }

  private void match() {
    CopyFields names = CopyFields.of(format, SHOWN_MAX * SHOWN_MAX);
    names.split(lines);
    if (names.count() != columns.size()) {
      throw bad(
          "wrong number of fields in header line: got "
              + names.count()
              + ", expected "
              + columns.size());
    }
    for (int i = 0; i < columns.size(); i++) {
      String expected = columns.get(i).name();
      String start = "column name mismatch in header line field " + (i + 1) + ": got ";
      if (names.isNull(i)) {
        throw bad(
            start + "null value (\"" + format.nullText() + "\"), expected \"" + expected + "\"");
      }
      if (!names.text(i).equals(expected)) {
        throw bad(start + "\"" + names.text(i) + "\", expected \"" + expected + "\"");
      }
    }
  }

  private static DistDbException bad(String message) {
    return new DistDbException(ErrorCode.BAD_COPY_FILE_FORMAT, message);
  }

  private boolean nextLine() {
    try {
      return lines.next();
    } catch (DistDbException failure) {
      throw failure.withContext(line());
    }
  }

  @Override
  public boolean next() {
    int rows = 0;
    while (rows < Batch.ROWS_MAX && nextLine()) {
      split();
      for (int i = 0; i < fields.count(); i++) {
        read(i, rows);
      }
      if (fields.count() < types.length) {
        throw bad("missing data for column \"" + columns.get(fields.count()).name() + "\"")
            .withContext(line() + shown());
      }
      numbers[rows++] = lines.number;
    }
    batch.setDense(rows);
    return rows > 0;
  }

  private void split() {
    try {
      fields.split(lines);
    } catch (DistDbException failure) {
      throw failure.withContext(line() + shown());
    }
  }

  private void read(int field, int at) {
    Vector vector = batch.columns[field];
    boolean isNull = fields.isNull(field);
    vector.nulls[at] = isNull;
    if (isNull) {
      return;
    }
    SqlType type = types[field];
    if ((type == SqlType.INTEGER || type == SqlType.BIGINT) && readWhole(field, vector, at)) {
      return;
    }
    try {
      if (type == SqlType.TEXT) {
        vector.texts[at] = fields.text(field);
      } else {
        vector.set(at, TypeInput.read(fields.text(field), type, environment));
      }
    } catch (DistDbException failure) {
      boolean notText = failure.code() == ErrorCode.CHARACTER_NOT_IN_REPERTOIRE;
      throw failure.withContext(notText ? line() : line() + column(field));
    }
  }

  /** Reads plain digits that fit; false leaves the field to the type's input function. */
  private boolean readWhole(int field, Vector vector, int at) {
    long value =
        TextReader.wholeNumber(fields.source(field), fields.start(field), fields.end(field));
    if (value == TextReader.NOT_PLAIN || types[field] == SqlType.INTEGER && value != (int) value) {
      return false;
    }
    vector.longs[at] = value;
    return true;
  }

  // --- where an error is, in PostgreSQL's words ---

  private String line() {
    return "COPY " + copy.table().name() + ", line " + lines.number;
  }

  @Override
  public long line(int at) {
    return numbers[at];
  }

  @Override
  public String place(long number) {
    return "COPY " + copy.table().name() + ", line " + number;
  }

  private String shown() {
    return ": \"" + cut(lossy(lines.bytes, lines.start, lines.end)) + "\"";
  }

  private String column(int field) {
    return ", column " + columns.get(field).name() + ": \"" + cut(fields.text(field)) + "\"";
  }

  private static String lossy(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, java.nio.charset.StandardCharsets.UTF_8);
  }

  private static String cut(String text) {
    return text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "..." : text;
  }
}
