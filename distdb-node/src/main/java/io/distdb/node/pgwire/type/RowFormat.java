// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.type;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.pgwire.message.MessageWriter;
import io.distdb.sql.external.BinaryWriter;
import io.distdb.sql.external.RowCells;
import io.distdb.sql.external.TextWriter;
import io.distdb.sql.external.TypeNumbers;
import io.distdb.sql.external.ValueForm;
import io.distdb.sql.session.ResultColumn;
import io.distdb.sql.setting.TextStyle;
import java.util.List;

/**
 * How the rows of a result are sent: each column as text or in binary. Made once for a statement
 * and its formats; a row is then written without looking at types again. Immutable.
 */
public final class RowFormat {
  /** Every column as text. */
  public static final short[] TEXT = {};

  private static final short BINARY = 1;
  private static final int NULL = -1;

  private final List<ResultColumn> columns;
  private final ValueForm[] forms;
  private final boolean[] binary;

  /**
   * @param formats for each column 0 for text or 1 for binary; or one for all, or none: text
   * @throws DistDbException {@code PROTOCOL_VIOLATION}: another number of formats than of columns;
   *     {@code INVALID_PARAMETER_VALUE}: another format
   */
  public RowFormat(List<ResultColumn> columns, short[] formats) {
    this.columns = List.copyOf(columns);
    forms = new ValueForm[columns.size()];
    binary = new boolean[forms.length];
    if (formats.length > 1 && formats.length != forms.length) {
      throw new DistDbException(
          ErrorCode.PROTOCOL_VIOLATION,
          "bind message has "
              + formats.length
              + " result formats but query has "
              + forms.length
              + " columns");
    }
    for (int i = 0; i < forms.length; i++) {
      forms[i] = ValueForm.of(columns.get(i).type());
      binary[i] = isBinary(format(formats, i));
    }
  }

  /** The format of the value at {@code index}: what is given for it, for all, or else text. */
  public static int format(short[] formats, int index) {
    return switch (formats.length) {
      case 0 -> 0;
      case 1 -> formats[0];
      default -> formats[index];
    };
  }

  /**
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: neither 0 nor 1
   */
  static boolean isBinary(int format) {
    if (format != 0 && format != BINARY) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE, "unsupported format code: " + format);
    }
    return format == BINARY;
  }

  public int width() {
    return forms.length;
  }

  /** Writes RowDescription. */
  public void describe(MessageWriter out) {
    out.begin((byte) 'T');
    out.putShort(forms.length);
    for (int i = 0; i < forms.length; i++) {
      ResultColumn column = columns.get(i);
      out.putCString(column.name());
      out.putInt((int) column.table());
      out.putShort(column.ordinal());
      out.putInt(TypeNumbers.of(column.type()));
      out.putShort(TypeNumbers.size(column.type()));
      out.putInt(TypeNumbers.modifier(column.type()));
      out.putShort(binary[i] ? BINARY : 0);
    }
    out.end();
  }

  /**
   * Writes DataRow.
   *
   * @param style of what is written as text
   */
  public void row(RowCells row, TextStyle style, MessageWriter out) {
    out.begin((byte) 'D');
    out.putShort(forms.length);
    for (int i = 0; i < forms.length; i++) {
      if (row.isNull(i)) {
        out.putInt(NULL);
        continue;
      }
      int length = out.size();
      out.putInt(0);
      if (binary[i]) {
        BinaryWriter.put(out, forms[i], row, i);
      } else {
        TextWriter.put(out, forms[i], row, i, style);
      }
      out.setInt(length, out.size() - length - Integer.BYTES);
    }
    out.end();
  }
}
