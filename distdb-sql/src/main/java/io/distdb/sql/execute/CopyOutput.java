// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.logical.CopyFormat;
import io.distdb.sql.vector.Vector;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Rows as COPY … TO writes them (PostgreSQL, "COPY", File Formats). Immutable. */
final class CopyOutput {
  /** What would end the data when it stood alone in a line. */
  private static final String END = "\\.";

  private final CopyFormat format;
  private final int width;

  CopyOutput(CopyFormat format, int width) {
    this.format = format;
    this.width = width;
  }

  void header(List<String> names, Writer out) throws IOException {
    for (int i = 0; i < width; i++) {
      separate(i, out);
      field(names.get(i), false, out);
    }
    out.write('\n');
  }

  /** Writes the row at {@code at}: texts, and booleans as {@code t} and {@code f}. */
  void row(Batch batch, int at, Writer out) throws IOException {
    for (int i = 0; i < width; i++) {
      separate(i, out);
      Vector column = batch.columns[i];
      if (column.nulls[at]) {
        out.write(format.nullText());
      } else {
        String text = column.texts != null ? column.texts[at] : column.longs[at] != 0 ? "t" : "f";
        field(text, format.forced().contains(i), out);
      }
    }
    out.write('\n');
  }

  private void separate(int column, Writer out) throws IOException {
    if (column > 0) {
      out.write(format.delimiter());
    }
  }

  private void field(String text, boolean force, Writer out) throws IOException {
    if (!format.csv()) {
      escaped(text, out);
    } else if (force || needsQuotes(text)) {
      quoted(text, out);
    } else {
      out.write(text);
    }
  }

  /** What needs no backslash is written run by run: nearly always the whole text. */
  private void escaped(String text, Writer out) throws IOException {
    int written = 0;
    for (int i = 0; i < text.length(); i++) {
      String escape = escape(text.charAt(i));
      if (escape != null) {
        out.write(text, written, i - written);
        out.write(escape);
        written = i + 1;
      }
    }
    out.write(text, written, text.length() - written);
  }

  /** What stands for {@code c}; null: itself. */
  private String escape(char c) {
    if (c > '\\' && c != format.delimiter()) {
      return null;
    }
    return switch (c) {
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case 11 -> "\\v";
      default -> c == '\\' || c == format.delimiter() ? "\\" + c : null;
    };
  }

  private boolean needsQuotes(String text) {
    if (text.equals(format.nullText()) || width == 1 && text.equals(END)) {
      return true;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == format.delimiter() || c == format.quote() || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }

  private void quoted(String text, Writer out) throws IOException {
    out.write(format.quote());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == format.quote() || c == format.escape()) {
        out.write(format.escape());
      }
      out.write(c);
    }
    out.write(format.quote());
  }
}
