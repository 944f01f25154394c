// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.logical.CopyFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts the bytes that COPY reads into lines; one of CSV goes on where quotes are open, one of text
 * after a backslash. The first line says how lines end: LF, CR LF or CR. A line of {@code \.} alone
 * ends the data.
 */
final class CopyLines {
  private static final int FIRST_BYTES = 1 << 16;

  private static final long LINE_FEEDS = ByteSearch.pattern((byte) '\n');
  private static final long RETURNS = ByteSearch.pattern((byte) '\r');
  private static final long BACKSLASHES = ByteSearch.pattern((byte) '\\');

  private enum Ending {
    UNKNOWN,
    LF,
    CR_LF,
    CR
  }

  private final InputStream input;
  private final boolean csv;
  private final byte quote;

  /** What escapes a quote, when it is not the quote itself; else NUL, which lines do not have. */
  private final byte escape;

  private Ending ending = Ending.UNKNOWN;
  private boolean ended;
  private int next;
  private int limit;

  /** The bytes that {@link #start} and {@link #end} point into; valid until {@link #next}. */
  byte[] bytes = new byte[FIRST_BYTES];

  int start;
  int end;

  /** Number of the current line, from 1; of its last one when it has several. */
  long number;

  CopyLines(InputStream input, CopyFormat format) {
    this.input = input;
    csv = format.csv();
    quote = (byte) format.quote();
    escape = format.escape() == format.quote() ? 0 : (byte) format.escape();
  }

  /** Moves to the next line, without its end; false when there is none. */
  boolean next() {
    if (ended) {
      return false;
    }
    start = next;
    number++;
    boolean found = csv ? findEndOfCsv() : findEndOfText();
    if (!found) {
      ended = true;
      if (start == limit) {
        number--;
        return false;
      }
      end = limit;
      next = limit;
    }
    if (end - start == 2 && bytes[start] == '\\' && bytes[start + 1] == '.') {
      ended = true;
      return false;
    }
    return true;
  }

  private boolean findEndOfText() {
    int at = start;
    while (true) {
      at = ByteSearch.find(bytes, at, limit, LINE_FEEDS, RETURNS, BACKSLASHES);
      if (at >= limit) {
        int length = at - start;
        if (!fill()) {
          return false;
        }
        at = start + length;
        continue;
      }
      byte b = bytes[at];
      if (b == '\\') {
        at += 2;
      } else if ((b == '\n' || b == '\r') && endsAt(at)) {
        return true;
      } else {
        at++;
      }
    }
  }

  private boolean findEndOfCsv() {
    int at = start;
    boolean quoted = false;
    boolean escaped = false;
    while (true) {
      if (at >= limit) {
        int length = at - start;
        if (!fill()) {
          return false;
        }
        at = start + length;
        continue;
      }
      byte b = bytes[at];
      if (quoted && b == escape && escape != 0) {
        escaped = !escaped;
      } else {
        if (b == quote && !escaped) {
          quoted = !quoted;
        }
        escaped = false;
      }
      if (b == '\n' || b == '\r') {
        if (quoted) {
          number += b == (ending == Ending.LF ? '\n' : '\r') ? 1 : 0;
        } else if (endsAt(at)) {
          return true;
        }
      }
      at++;
    }
  }

  /** Whether the line ends with the LF or CR at {@code at}; sets where it does. */
  private boolean endsAt(int at) {
    boolean lineFeed = bytes[at] == '\n';
    if (ending == Ending.UNKNOWN) {
      ending = lineFeed ? Ending.LF : isLineFeed(at + 1) ? Ending.CR_LF : Ending.CR;
    }
    // isLineFeed may have moved the line to the begin of its buffer
    int here = lastSeen(at);
    switch (ending) {
      case LF -> {
        if (!lineFeed) {
          throw unexpected("carriage return", "r");
        }
        end = here;
        next = here + 1;
      }
      case CR -> {
        if (lineFeed) {
          throw unexpected("newline", "n");
        }
        end = here;
        next = here + 1;
      }
      case CR_LF -> {
        if (lineFeed) {
          throw unexpected("newline", "n");
        }
        if (!isLineFeed(here + 1)) {
          throw unexpected("carriage return", "r");
        }
        end = lastSeen(here);
        next = end + 2;
      }
      case UNKNOWN -> throw new IllegalStateException();
    }
    return true;
  }

  private int moved;

  /** Where a byte is now that was at {@code at} before the last look ahead. */
  private int lastSeen(int at) {
    int now = at - moved;
    moved = 0;
    return now;
  }

  private boolean isLineFeed(int at) {
    if (at < limit) {
      return bytes[at] == '\n';
    }
    int before = start;
    boolean more = fill();
    moved += before - start;
    return more && bytes[at - (before - start)] == '\n';
  }

  private DistDbException unexpected(String what, String letter) {
    String found =
        csv ? "unquoted " + what + " found in data" : "literal " + what + " found in data";
    String hint =
        csv
            ? "Use quoted CSV field to represent " + what + "."
            : "Use \"\\" + letter + "\" to represent " + what + ".";
    return new DistDbException(ErrorCode.BAD_COPY_FILE_FORMAT, found).withHint(hint);
  }

  /** Reads more behind the line so far, which may move to the begin; false at the end. */
  private boolean fill() {
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, limit - start);
      limit -= start;
      start = 0;
    }
    if (limit == bytes.length) {
      if (limit > Integer.MAX_VALUE / 2 - 8) {
        throw new DistDbException(
            ErrorCode.PROGRAM_LIMIT_EXCEEDED, "a line of the data is longer than 1 GB");
      }
      bytes = Arrays.copyOf(bytes, limit * 2);
    }
    try {
      int read = input.read(bytes, limit, bytes.length - limit);
      limit += Math.max(0, read);
      return read > 0;
    } catch (IOException failure) {
      throw new DistDbException(
          ErrorCode.IO_ERROR, "could not read COPY data: " + failure.getMessage(), failure);
    }
  }
}
