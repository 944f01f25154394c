// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.protocol;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.node.pgwire.message.MessageWriter;
import io.distdb.sql.session.ResultColumn;
import io.distdb.sql.session.ResultRows;
import java.util.List;

/** RowDescription and DataRow. */
final class RowMessages {
  static final short[] TEXT = {};

  private RowMessages() {}

  static void description(MessageWriter out, List<ResultColumn> columns, short[] formats) {
    out.begin((byte) 'T');
    out.putShort(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      ResultColumn column = columns.get(i);
      out.putCString(column.name());
      out.putInt(0);
      out.putShort(0);
      out.putInt(25);
      out.putShort(-1);
      out.putInt(-1);
      out.putShort(format(formats, i));
    }
    out.end();
  }

  /**
   * @throws DistDbException {@code PROTOCOL_VIOLATION}: another number of formats than of columns
   */
  static void check(short[] formats, int columns) {
    if (formats.length > 1 && formats.length != columns) {
      throw new DistDbException(
          ErrorCode.PROTOCOL_VIOLATION,
          "bind message has "
              + formats.length
              + " result formats but query has "
              + columns
              + " columns");
    }
  }

  static short format(short[] formats, int column) {
    return formats.length == 0 ? 0 : formats.length == 1 ? formats[0] : formats[column];
  }

  static void row(MessageWriter out, ResultRows rows, int columns, short[] formats) {
    out.begin((byte) 'D');
    out.putShort(columns);
    for (int i = 0; i < columns; i++) {
      String text = rows.text(i);
      if (text == null) {
        out.putInt(-1);
      } else {
        byte[] encoded = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        out.putInt(encoded.length);
        out.putBytes(encoded, 0, encoded.length);
      }
    }
    out.end();
  }

  static int oid(SqlType type) {
    return 25;
  }
}
