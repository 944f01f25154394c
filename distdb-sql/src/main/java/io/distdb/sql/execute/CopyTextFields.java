// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.CopyFormat;

/** Fields of COPY's text format, with its backslash sequences. */
final class CopyTextFields extends CopyFields {
  private static final long BACKSLASHES = ByteSearch.pattern((byte) '\\');

  private final long delimiters;

  CopyTextFields(CopyFormat format, int most) {
    super(format, most);
    delimiters = ByteSearch.pattern(delimiter);
  }

  @Override
  void split(int from, int to) {
    int start = from;
    while (true) {
      int at = ByteSearch.find(bytes, start, to, delimiters, BACKSLASHES, BACKSLASHES);
      boolean escapes = false;
      while (at < to && bytes[at] == '\\') {
        escapes = true;
        at = ByteSearch.find(bytes, at + 2, to, delimiters, BACKSLASHES, BACKSLASHES);
      }
      int end = Math.min(at, to);
      boolean isNull = isNullText(bytes, start, end);
      if (escapes && !isNull) {
        int mark = mark();
        decode(start, end);
        addPut(mark, false);
      } else {
        add(start, end, isNull);
      }
      if (at >= to) {
        return;
      }
      start = at + 1;
    }
  }

  private void decode(int from, int to) {
    int at = from;
    while (at < to) {
      byte b = bytes[at++];
      if (b != '\\' || at == to) {
        put(b);
        continue;
      }
      byte c = bytes[at++];
      switch (c) {
        case 'b' -> put('\b');
        case 'f' -> put('\f');
        case 'n' -> put('\n');
        case 'r' -> put('\r');
        case 't' -> put('\t');
        case 'v' -> put(11);
        case '0', '1', '2', '3', '4', '5', '6', '7' -> at = number(at - 1, to, 8, 3);
        case 'x' -> {
          boolean digit = at < to && Character.digit(bytes[at], 16) >= 0;
          if (digit) {
            at = number(at, to, 16, 2);
          } else {
            put(c);
          }
        }
        default -> put(c);
      }
    }
  }

  /** Puts the byte that some digits write; returns where they end. */
  private int number(int from, int to, int radix, int most) {
    int at = from;
    int value = 0;
    while (at < to && at < from + most && Character.digit(bytes[at], radix) >= 0) {
      value = value * radix + Character.digit(bytes[at++], radix);
    }
    put(value);
    return at;
  }
}
