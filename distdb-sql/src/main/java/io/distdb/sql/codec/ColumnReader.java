// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import io.distdb.api.index.EntryBlock;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads one column of many stored rows: for a row of the usual layout (complete, narrow slots) the
 * column is where it always is, so the loops do one comparison and one load a row; other rows go
 * the long way through {@link RowLayout}. Sets {@code nulls} of every row asked for.
 *
 * <p>{@code selected} lists positions within the block, null means 0 to {@code count - 1}; what is
 * read of the row at a position goes to the same position of the target. Texts that were seen
 * lately are not made again: columns of few distinct texts give few strings. Used by one thread.
 */
public final class ColumnReader {
  /** Texts longer than this are likely to be different ones. */
  private static final int SHARED_BYTES_MAX = 32;

  private static final int SHARED = 256;

  private final RowLayout layout;
  private final int column;
  private final ColumnForm form;

  /** The first four bytes of a row of the usual layout, with no column NULL of the first eight. */
  private final int usualHead;

  /** Which of their bits must be so: all but those that say of columns that they are NULL. */
  private static final int HEAD_MASK = 0xffffff00;

  private final int usualSlot;

  /** A row of the usual layout is at least so long: its last slot ends there. */
  private final int usualBytes;

  private final int flags;
  private final int flag;
  private byte[][] sharedBytes;
  private String[] sharedTexts;

  /** How many texts were found among the shared ones less how many were not; off when too low. */
  private int luck;

  public ColumnReader(RowLayout layout, int column) {
    this.layout = layout;
    this.column = column;
    form = layout.form(column);
    int count = layout.columnCount();
    usualHead = RowLayout.VERSION << 28 | count << 8;
    usualBytes = RowLayout.HEADER_BYTES + RowLayout.bitmapBytes(count) + layout.slot(count, false);
    usualSlot = RowLayout.HEADER_BYTES + RowLayout.bitmapBytes(count) + layout.slot(column, false);
    flags = RowLayout.HEADER_BYTES + (column >>> 3);
    flag = 1 << (column & 7);
  }

  /** Behind the last byte of the column's slot in a row of the usual layout. */
  public int usualEnd() {
    return usualSlot + (form.isFixed() ? form.bytes() : Short.BYTES);
  }

  /**
   * Loads the byte at {@code offset} of each row that is so long, and its beginning. Rows that were
   * updated are anywhere in memory; a loop that does no more has so many loads under way at a time
   * that the loops over the columns, which find the rows in the processor's caches then, and this
   * one take half the time of the former alone.
   *
   * @return something made of the bytes, so that the loads are not idle to the compiler
   */
  public static int touch(EntryBlock rows, int offset) {
    int bytes = 0;
    for (int at = 0; at < rows.size(); at++) {
      byte[] row = rows.valueArray(at);
      if (offset < row.length) {
        bytes += row[offset];
      }
    }
    return bytes;
  }

  /** A BOOLEAN (0 or 1), a whole number, a date or a time. */
  public void readLongs(
      EntryBlock rows, int[] selected, int count, long[] target, boolean[] nulls) {
    switch (form) {
      case INT -> readInts(rows, selected, count, target, nulls);
      case LONG -> readWide(rows, selected, count, target, nulls);
      case BOOLEAN, SHORT, FLOAT, DOUBLE, TEXT, PADDED_TEXT, OBJECT -> {
        for (int n = 0; n < count; n++) {
          int at = selected == null ? n : selected[n];
          readAny(rows.valueArray(at), at, target, nulls);
        }
      }
    }
  }

  private boolean isUsual(byte[] row) {
    return row.length >= usualBytes && ((int) RowLayout.INT.get(row, 0) & HEAD_MASK) == usualHead;
  }

  private void readInts(
      EntryBlock rows, int[] selected, int count, long[] target, boolean[] nulls) {
    for (int n = 0; n < count; n++) {
      int at = selected == null ? n : selected[n];
      byte[] row = rows.valueArray(at);
      if (!isUsual(row)) {
        readAny(row, at, target, nulls);
        continue;
      }
      nulls[at] = (row[flags] & flag) != 0;
      target[at] = (int) RowLayout.INT.get(row, usualSlot);
    }
  }

  private void readWide(
      EntryBlock rows, int[] selected, int count, long[] target, boolean[] nulls) {
    for (int n = 0; n < count; n++) {
      int at = selected == null ? n : selected[n];
      byte[] row = rows.valueArray(at);
      if (!isUsual(row)) {
        readAny(row, at, target, nulls);
        continue;
      }
      nulls[at] = (row[flags] & flag) != 0;
      target[at] = (long) RowLayout.LONG.get(row, usualSlot);
    }
  }

  private void readAny(byte[] row, int at, long[] target, boolean[] nulls) {
    nulls[at] = layout.isNull(row, column);
    target[at] = nulls[at] ? 0 : layout.getWhole(row, column);
  }

  /** A REAL or DOUBLE PRECISION. */
  public void readDoubles(
      EntryBlock rows, int[] selected, int count, double[] target, boolean[] nulls) {
    boolean real = form == ColumnForm.FLOAT;
    for (int n = 0; n < count; n++) {
      int at = selected == null ? n : selected[n];
      byte[] row = rows.valueArray(at);
      nulls[at] = layout.isNull(row, column);
      if (!nulls[at]) {
        long bits = layout.getWhole(row, column);
        target[at] = real ? Float.intBitsToFloat((int) bits) : Double.longBitsToDouble(bits);
      }
    }
  }

  public void readTexts(
      EntryBlock rows, int[] selected, int count, String[] target, boolean[] nulls) {
    for (int n = 0; n < count; n++) {
      int at = selected == null ? n : selected[n];
      byte[] row = rows.valueArray(at);
      nulls[at] = layout.isNull(row, column);
      if (!nulls[at]) {
        int from = layout.textStart(row, column);
        target[at] = text(row, from, layout.textEnd(row, column));
      }
    }
  }

  private String text(byte[] row, int from, int to) {
    int length = to - from;
    if (length > SHARED_BYTES_MAX || luck < -SHARED * 2) {
      return new String(row, from, length, StandardCharsets.UTF_8);
    }
    if (sharedBytes == null) {
      sharedBytes = new byte[SHARED][];
      sharedTexts = new String[SHARED];
    }
    int hash = length;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + row[i];
    }
    int slot = (hash ^ hash >>> 15) & SHARED - 1;
    byte[] known = sharedBytes[slot];
    if (known != null && Arrays.equals(known, 0, known.length, row, from, to)) {
      luck = Math.min(luck + 1, SHARED * 2);
      return sharedTexts[slot];
    }
    luck--;
    sharedBytes[slot] = Arrays.copyOfRange(row, from, to);
    sharedTexts[slot] = new String(row, from, length, StandardCharsets.UTF_8);
    return sharedTexts[slot];
  }

  /** A NUMERIC, BYTEA, INTERVAL, UUID or array. */
  public void readObjects(
      EntryBlock rows, int[] selected, int count, Object[] target, boolean[] nulls) {
    for (int n = 0; n < count; n++) {
      int at = selected == null ? n : selected[n];
      byte[] row = rows.valueArray(at);
      nulls[at] = layout.isNull(row, column);
      if (!nulls[at]) {
        target[at] = layout.getObject(row, column);
      }
    }
  }
}
