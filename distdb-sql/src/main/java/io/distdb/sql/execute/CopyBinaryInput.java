// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.catalog.TableColumn;
import io.distdb.sql.external.BinaryReader;
import io.distdb.sql.function.Environment;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/** Rows in COPY's binary format, which {@link CopyBinaryEncoder} tabulates. */
final class CopyBinaryInput implements CopyRows {
  private static final int FIRST_BYTES = 1 << 16;

  /** In the flags: bits that a reader must know. */
  private static final int CRITICAL = 0xffff0000;

  /** Before PostgreSQL 12 rows could have numbers. */
  private static final int WITH_NUMBERS = 1 << 16;

  private static final int NULL = -1;

  private final BoundStatement.CopyIn copy;
  private final InputStream input;
  private final List<TableColumn> columns;
  private final SqlType[] types;
  private final Batch batch;
  private final BinaryReader reader = new BinaryReader();
  private byte[] bytes = new byte[FIRST_BYTES];
  private int at;
  private int limit;
  private long number;
  private long first;

  CopyBinaryInput(BoundStatement.CopyIn copy, InputStream input, Environment environment) {
    reader.within(environment);
    this.copy = copy;
    this.input = input;
    columns = copy.given().stream().map(copy.table().columns()::get).toList();
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

  @Override
  public void header() {
    byte[] signature = CopyBinaryEncoder.SIGNATURE;
    if (!fill(signature.length)
        || !Arrays.equals(bytes, at, at + signature.length, signature, 0, signature.length)) {
      throw bad("COPY file signature not recognized");
    }
    at += signature.length;
    int flags = getInt("invalid COPY file header (missing flags)");
    if ((flags & WITH_NUMBERS) != 0) {
      throw bad("invalid COPY file header (WITH OIDS)");
    }
    if ((flags & CRITICAL) != 0) {
      throw bad("unrecognized critical flags in COPY file header");
    }
    int extension = getInt("invalid COPY file header (missing length)");
    if (extension < 0) {
      throw bad("invalid COPY file header (missing length)");
    }
    for (int left = extension; left > 0; ) {
      int part = Math.min(left, FIRST_BYTES);
      if (!fill(part)) {
        throw bad("invalid COPY file header (wrong length)");
      }
      at += part;
      left -= part;
    }
  }

  @Override
  public boolean next() {
    first = number + 1;
    int rows = 0;
    while (rows < Batch.ROWS_MAX && nextRow(rows)) {
      rows++;
    }
    batch.setDense(rows);
    return rows > 0;
  }

  private boolean nextRow(int row) {
    if (limit - at < Short.BYTES && !fill(Short.BYTES)) {
      return false;
    }
    number++;
    int count = (short) (bytes[at] << Byte.SIZE | bytes[at + 1] & 0xff);
    at += Short.BYTES;
    if (count == CopyBinaryEncoder.END) {
      number--;
      at -= Short.BYTES;
      requireEnd();
      return false;
    }
    if (count != types.length) {
      throw bad("row field count is " + count + ", expected " + types.length)
          .withContext(place(number));
    }
    for (int i = 0; i < count; i++) {
      try {
        read(i, row);
      } catch (DistDbException failure) {
        throw failure.withContext(place(number) + ", column " + columns.get(i).name());
      }
    }
    return true;
  }

  private void requireEnd() {
    if (fill(Short.BYTES + 1)) {
      throw bad("received copy data after EOF marker").withContext(place(number + 1));
    }
  }

  private void read(int field, int row) {
    int length = getInt("unexpected EOF in COPY data");
    Vector vector = batch.columns[field];
    vector.nulls[row] = length == NULL;
    if (length == NULL) {
      return;
    }
    if (length < 0) {
      throw bad("invalid field size");
    }
    if (!fill(length)) {
      throw bad("unexpected EOF in COPY data");
    }
    vector.set(row, reader.over(bytes, at, length).read(types[field]));
    if (!reader.isAtEnd()) {
      throw new DistDbException(
          ErrorCode.INVALID_BINARY_REPRESENTATION, "incorrect binary data format");
    }
    at += length;
  }

  private int getInt(String missing) {
    if (!fill(Integer.BYTES)) {
      throw bad(missing);
    }
    reader.over(bytes, at, Integer.BYTES);
    at += Integer.BYTES;
    return reader.getInt();
  }

  /** Makes {@code length} bytes be there; false when the data ends before. */
  private boolean fill(int length) {
    while (limit - at < length) {
      if (at > 0) {
        System.arraycopy(bytes, at, bytes, 0, limit - at);
        limit -= at;
        at = 0;
      }
      if (limit == bytes.length) {
        // what has come is doubled, so that a length alone costs no memory
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * bytes.length));
      }
      if (!readMore()) {
        return false;
      }
    }
    return true;
  }

  private boolean readMore() {
    try {
      int count = input.read(bytes, limit, bytes.length - limit);
      limit += Math.max(0, count);
      return count > 0;
    } catch (IOException failure) {
      throw new DistDbException(
          ErrorCode.IO_ERROR, "could not read COPY data: " + failure.getMessage(), failure);
    }
  }

  private static DistDbException bad(String message) {
    return new DistDbException(ErrorCode.BAD_COPY_FILE_FORMAT, message);
  }

  @Override
  public long line(int row) {
    return first + row;
  }

  @Override
  public String place(long line) {
    return "COPY " + copy.table().name() + ", line " + line;
  }
}
