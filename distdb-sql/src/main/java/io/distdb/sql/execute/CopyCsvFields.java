// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.logical.CopyFormat;

/** Fields of CSV (RFC 4180, and what PostgreSQL takes beside it: quotes anywhere in a field). */
final class CopyCsvFields extends CopyFields {
  private final byte quote;
  private final byte escape;
  private final boolean[] forcedNotNull;
  private final boolean[] forcedNull;

  CopyCsvFields(CopyFormat format, int most) {
    super(format, most);
    quote = (byte) format.quote();
    escape = (byte) format.escape();
    forcedNotNull = new boolean[most + 1];
    forcedNull = new boolean[most + 1];
    format.forced().forEach(field -> forcedNotNull[field] = true);
    format.forcedNull().forEach(field -> forcedNull[field] = true);
  }

  @Override
  void split(int from, int to) {
    int start = from;
    while (true) {
      int at = start;
      while (at < to && bytes[at] != delimiter && bytes[at] != quote) {
        at++;
      }
      if (at < to && bytes[at] == quote) {
        at = quoted(start, at, to);
      } else {
        add(start, at, !forcedNotNull[field()] && isNullText(bytes, start, at));
      }
      if (at >= to) {
        return;
      }
      start = at + 1;
    }
  }

  /** A field with quotes, the first at {@code first}; returns where it ends. */
  private int quoted(int start, int first, int to) {
    int mark = mark();
    put(start, first);
    int at = first;
    while (at < to && bytes[at] != delimiter) {
      if (bytes[at] == quote) {
        at = insideQuotes(at + 1, to);
      } else {
        put(bytes[at++]);
      }
    }
    addPut(mark, forcedNull[field()] && isNullText(mark));
    return at;
  }

  private int insideQuotes(int from, int to) {
    int at = from;
    while (at < to) {
      byte b = bytes[at];
      if (b == escape && at + 1 < to && (bytes[at + 1] == escape || bytes[at + 1] == quote)) {
        put(bytes[at + 1]);
        at += 2;
      } else if (b == quote) {
        return at + 1;
      } else {
        put(b);
        at++;
      }
    }
    throw new DistDbException(ErrorCode.BAD_COPY_FILE_FORMAT, "unterminated CSV quoted field");
  }
}
