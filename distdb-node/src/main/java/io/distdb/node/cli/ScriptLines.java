// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import java.io.IOException;
import java.io.Reader;

/**
 * The lines of a script. They end at {@code \n} alone: a carriage return may be part of a quoted
 * text, and is a blank elsewhere.
 */
final class ScriptLines implements InlineCopy.Lines {
  private final Reader source;
  private final char[] buffer = new char[1 << 13];
  private int at;
  private int end;

  /**
   * @param source read ahead of the lines that are asked for, and not closed
   */
  ScriptLines(Reader source) {
    this.source = source;
  }

  @Override
  public String next() throws IOException {
    StringBuilder begun = null;
    while (fill()) {
      int newline = at;
      while (newline < end && buffer[newline] != '\n') {
        newline++;
      }
      if (newline < end && begun == null) {
        String line = new String(buffer, at, newline - at);
        at = newline + 1;
        return line;
      }
      begun = begun == null ? new StringBuilder() : begun;
      begun.append(buffer, at, newline - at);
      at = newline;
      if (newline < end) {
        at++;
        return begun.toString();
      }
    }
    return begun == null ? null : begun.toString();
  }

  /** Whether there is another character. */
  private boolean fill() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, source.read(buffer));
    }
    return at < end;
  }
}
