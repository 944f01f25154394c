// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.CatalogReference;
import io.distdb.api.type.Interval;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.RowType;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlRow;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Reads what {@link KeyWriter} wrote, column by column. A double that was -0 comes back as 0, and
 * any NaN as the one NaN. Used by one thread.
 *
 * <p>Errors: {@code INDEX_CORRUPTED} when the bytes are not of that form.
 */
public final class KeyReader {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] key;
  private int position;
  private int end;

  /** Starts at {@code from} in {@code bytes}. */
  public KeyReader reset(Bytes bytes, int from) {
    return reset(bytes.array(), from, bytes.length());
  }

  /** Starts at {@code from} in {@code bytes}, whose key ends before {@code to}. */
  public KeyReader reset(byte[] bytes, int from, int to) {
    key = bytes;
    position = from;
    end = to;
    return this;
  }

  /** Where the next column begins. */
  public int position() {
    return position;
  }

  /** Reads the marker: whether the next column is NULL, in which case it is read. */
  public boolean readNull(KeyColumn column) {
    if (!column.nullable()) {
      return false;
    }
    need(1);
    byte marker = key[position++];
    if (marker < KeyWriter.NULL_FIRST || marker > KeyWriter.NULL_LAST) {
      throw corrupted();
    }
    return marker != KeyWriter.PRESENT;
  }

  public boolean readBoolean(KeyColumn column) {
    need(1);
    byte encoded = key[position++];
    return (column.descending() ? (byte) ~encoded : encoded) == 1;
  }

  public short readShort(KeyColumn column) {
    int mask = mask(column);
    return (short) ((raw(mask) << 8 | raw(mask)) ^ 0x8000);
  }

  public float readFloat(KeyColumn column) {
    int encoded = rawInt(mask(column));
    return Float.intBitsToFloat(encoded < 0 ? encoded ^ Integer.MIN_VALUE : ~encoded);
  }

  public int readInt(KeyColumn column) {
    need(4);
    int encoded = (int) INT.get(key, position);
    position += 4;
    return (column.descending() ? ~encoded : encoded) ^ Integer.MIN_VALUE;
  }

  public long readLong(KeyColumn column) {
    return readBits(column) ^ Long.MIN_VALUE;
  }

  public double readDouble(KeyColumn column) {
    long encoded = readBits(column);
    return Double.longBitsToDouble(encoded < 0 ? encoded ^ Long.MIN_VALUE : ~encoded);
  }

  /** A text; a CHAR is without its blanks. */
  public String readText(KeyColumn column) {
    return new String(escaped((byte) mask(column)), StandardCharsets.UTF_8);
  }

  /** A NUMERIC (of the least scale), BYTEA, INTERVAL (with a month of 30 days), UUID or array. */
  public Object readObject(KeyColumn column) {
    return ObjectKeys.read(this, column.type(), mask(column));
  }

  /** The next column; NULL too. */
  public Value readValue(KeyColumn column) {
    return readNull(column) ? Value.NULL : readPresent(column);
  }

  /** The value whose marker was read. */
  Value readPresent(KeyColumn column) {
    return switch (column.type()) {
      case SqlType.Array array -> new Value.ArrayValue((SqlArray) readObject(column));
      case RowType row -> new Value.RowValue((SqlRow) readObject(column));
      case SqlType.Modified modified -> readScalar(column, modified.base());
      case SqlType.Scalar scalar -> readScalar(column, scalar);
    };
  }

  private Value readScalar(KeyColumn column, SqlType.Scalar scalar) {
    return switch (scalar) {
      case BOOLEAN -> Value.of(readBoolean(column));
      case SMALLINT -> new Value.SmallintValue(readShort(column));
      case INTEGER -> Value.of(readInt(column));
      case DATE -> new Value.DateValue(readInt(column));
      case BIGINT -> Value.of(readLong(column));
      case TIME -> new Value.TimeValue(readLong(column));
      case TIMESTAMP -> new Value.TimestampValue(readLong(column));
      case TIMESTAMPTZ -> new Value.TimestamptzValue(readLong(column));
      case REAL -> new Value.RealValue(readFloat(column));
      case DOUBLE_PRECISION -> Value.of(readDouble(column));
      case TEXT, VARCHAR, CHAR -> Value.of(readText(column));
      case NAME, INTERNAL_CHAR, ACLITEM, JSON, NODE_TREE, LSN, INET, ANYARRAY ->
          Value.of(readText(column));
      case OID, XID -> new Value.OidValue(scalar, readLong(column));
      case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR ->
          new Value.ReferenceValue((CatalogReference) readObject(column));
      case REGNAMESPACE, REGROLE, REGCOLLATION ->
          new Value.ReferenceValue((CatalogReference) readObject(column));
      case NUMERIC -> new Value.NumericValue((Numeric) readObject(column));
      case BYTEA -> new Value.ByteaValue((Bytes) readObject(column));
      case INTERVAL -> new Value.IntervalValue((Interval) readObject(column));
      case UUID -> new Value.UuidValue((UUID) readObject(column));
    };
  }

  private static int mask(KeyColumn column) {
    return column.descending() ? 0xff : 0;
  }

  /** The next byte, as a number from 0 to 255. */
  int raw(int mask) {
    need(1);
    return (key[position++] & 0xff) ^ mask;
  }

  int rawInt(int mask) {
    need(4);
    int encoded = (int) INT.get(key, position);
    position += 4;
    return mask == 0 ? encoded : ~encoded;
  }

  long rawLong(int mask) {
    need(8);
    long encoded = (long) LONG.get(key, position);
    position += 8;
    return mask == 0 ? encoded : ~encoded;
  }

  /** What {@link KeyWriter#escaped} wrote. */
  byte[] escaped(byte mask) {
    byte[] bytes = new byte[textEnd(mask) - position];
    int length = 0;
    while (true) {
      byte next = (byte) (key[position++] ^ mask);
      if (next == KeyWriter.TEXT_END) {
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
      }
      if (next == KeyWriter.TEXT_ESCAPE) {
        next = (byte) ((key[position++] ^ mask) - 1);
      }
      bytes[length++] = next;
    }
  }

  /** Passes over the columns, for what follows them. */
  public KeyReader skip(List<KeyColumn> columns) {
    for (int i = 0; i < columns.size(); i++) {
      skip(columns.get(i));
    }
    return this;
  }

  /** Passes over the next column, NULL or not. */
  public void skip(KeyColumn column) {
    if (readNull(column)) {
      return;
    }
    switch (column.form()) {
      case BOOLEAN -> advance(1);
      case SHORT -> advance(2);
      case INT, FLOAT -> advance(4);
      case LONG, DOUBLE -> advance(8);
      case TEXT, PADDED_TEXT -> position = textEnd((byte) mask(column)) + 1;
      case OBJECT -> readObject(column);
    }
  }

  private long readBits(KeyColumn column) {
    need(8);
    long encoded = (long) LONG.get(key, position);
    position += 8;
    return column.descending() ? ~encoded : encoded;
  }

  /** Position of the byte that ends the text here: no escaped byte equals it. */
  private int textEnd(byte mask) {
    for (int i = position; i < end; i++) {
      if ((byte) (key[i] ^ mask) == KeyWriter.TEXT_END) {
        return i;
      }
    }
    throw corrupted();
  }

  private void advance(int bytes) {
    need(bytes);
    position += bytes;
  }

  private void need(int bytes) {
    if (position + bytes > end) {
      throw corrupted();
    }
  }

  DistDbException corrupted() {
    return new DistDbException(
        ErrorCode.INDEX_CORRUPTED,
        "a key that ends at byte " + end + " cannot be read at byte " + position);
  }
}
