// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.external.ByteOutput;
import io.distdb.sql.external.RowCells;
import io.distdb.sql.external.TextWriter;
import io.distdb.sql.external.ValueForm;
import io.distdb.sql.logical.CopyFormat;
import io.distdb.sql.setting.TextStyle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * COPY's text and CSV formats. A value is written as it is, then looked at: the few that need
 * backslashes or quotes are written again.
 */
final class CopyTextEncoder implements CopyEncoder {
  /** What would end the data when it stood alone in a line. */
  private static final byte[] END = {'\\', '.'};

  /** Forms of digits, a sign, a letter. */
  private static final Set<ValueForm> DIGITS =
      Set.of(
          ValueForm.BOOLEAN,
          ValueForm.SMALLINT,
          ValueForm.INTEGER,
          ValueForm.BIGINT,
          ValueForm.OID);

  private final CopyFormat format;
  private final ValueForm[] forms;
  private final TextStyle style;
  private final byte[] nullText;

  /** By byte, without sign: what asks for a backslash or for quotes. */
  private final boolean[] special = new boolean[256];

  private final long delimiters;

  /** What else is special beside control characters: the quote, or the backslash. */
  private final long marks;

  /** By column: values are digits, which are never special. */
  private final boolean[] plain;

  private final boolean[] forced;

  CopyTextEncoder(CopyFormat format, ValueForm[] forms, TextStyle style) {
    this.format = format;
    this.forms = forms;
    this.style = style;
    nullText = format.nullText().getBytes(StandardCharsets.UTF_8);
    String found = format.csv() ? "\n\r" + format.quote() : "\b\f\n\r\t\u000b\\";
    found.chars().forEach(c -> special[c] = true);
    special[format.delimiter()] = true;
    delimiters = ByteSearch.pattern((byte) format.delimiter());
    marks = ByteSearch.pattern((byte) (format.csv() ? format.quote() : '\\'));
    plain = new boolean[forms.length];
    forced = new boolean[forms.length];
    boolean simple = !format.csv() && format.delimiter() != '-';
    for (int i = 0; i < forms.length; i++) {
      plain[i] = simple && DIGITS.contains(forms[i]);
      forced[i] = format.forced().contains(i);
    }
  }

  @Override
  public boolean header(List<String> names, ByteOutput out) {
    if (format.header() == CopyFormat.Header.NONE) {
      return false;
    }
    for (int i = 0; i < names.size(); i++) {
      separate(i, out);
      int start = out.size();
      out.putUtf8(names.get(i));
      protect(out, start, false);
    }
    out.putByte('\n');
    return true;
  }

  @Override
  public void row(RowCells row, ByteOutput out) {
    for (int i = 0; i < forms.length; i++) {
      separate(i, out);
      if (row.isNull(i)) {
        out.putBytes(nullText);
        continue;
      }
      int start = out.size();
      TextWriter.put(out, forms[i], row, i, style);
      if (!plain[i]) {
        protect(out, start, forced[i]);
      }
    }
    out.putByte('\n');
  }

  @Override
  public boolean trailer(ByteOutput out) {
    return false;
  }

  private void separate(int column, ByteOutput out) {
    if (column > 0) {
      out.putByte(format.delimiter());
    }
  }

  /** Puts backslashes into, or quotes around, the value from {@code start} on if it needs them. */
  private void protect(ByteOutput out, int start, boolean force) {
    boolean found = isSpecial(out.array(), start, out.size());
    if (format.csv()) {
      if (found || force || isMistakable(out, start)) {
        quote(out, start);
      }
    } else if (found) {
      escape(out, start);
    }
  }

  private boolean isSpecial(byte[] bytes, int from, int to) {
    int at = find(bytes, from, to);
    while (at < to && !special[bytes[at] & 0xff]) {
      at = find(bytes, at + 1, to);
    }
    return at < to;
  }

  /** Where a byte is that may be special: all control characters, and two more. */
  private int find(byte[] bytes, int from, int to) {
    return ByteSearch.findControl(bytes, from, to, delimiters, marks);
  }

  private boolean isMistakable(ByteOutput out, int start) {
    return is(out, start, nullText) || forms.length == 1 && is(out, start, END);
  }

  private static boolean is(ByteOutput out, int start, byte[] text) {
    return Arrays.equals(out.array(), start, out.size(), text, 0, text.length);
  }

  private void quote(ByteOutput out, int start) {
    byte[] value = Arrays.copyOfRange(out.array(), start, out.size());
    out.truncate(start);
    out.putByte(format.quote());
    for (byte b : value) {
      if (b == format.quote() || b == format.escape()) {
        out.putByte(format.escape());
      }
      out.putByte(b);
    }
    out.putByte(format.quote());
  }

  private void escape(ByteOutput out, int start) {
    byte[] value = Arrays.copyOfRange(out.array(), start, out.size());
    out.truncate(start);
    for (byte b : value) {
      if (special[b & 0xff]) {
        out.putByte('\\');
        out.putByte(escaped(b));
      } else {
        out.putByte(b);
      }
    }
  }

  /** What stands for {@code b} behind a backslash. */
  private static int escaped(byte b) {
    return switch (b) {
      case '\b' -> 'b';
      case '\f' -> 'f';
      case '\n' -> 'n';
      case '\r' -> 'r';
      case '\t' -> 't';
      case 11 -> 'v';
      default -> b;
    };
  }
}
