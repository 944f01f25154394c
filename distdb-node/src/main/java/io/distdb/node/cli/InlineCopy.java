// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.session.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * COPY of STDIN and STDOUT as a statement: the lines that follow it, up to one with {@code \.}
 * alone, are its data; its rows go where results go.
 */
final class InlineCopy {
  /** Where lines come from. */
  interface Lines {
    /** The next line without its end; null after the last. */
    String next() throws IOException;
  }

  private Lines lines = () -> null;

  /** From here on lines come from {@code other}; answers from where they came until now. */
  Lines readFrom(Lines other) {
    Lines before = lines;
    lines = other;
    return before;
  }

  /** What {@code sql} copies, when it is a COPY without a file. */
  static Optional<CopyCommand> of(String sql) {
    boolean copy = sql.length() > 4 && sql.substring(0, 4).toLowerCase(Locale.ROOT).equals("copy");
    if (!copy || Character.isLetterOrDigit(sql.charAt(4)) || sql.charAt(4) == '_') {
      return Optional.empty();
    }
    try {
      CopyCommand command = CopyCommand.parse("\\copy " + sql.substring(4));
      return Optional.of(command).filter(read -> read.file().isEmpty());
    } catch (DistDbException noCopy) {
      return Optional.empty(); // whoever parses it whole says what is wrong with it
    }
  }

  /**
   * Runs the statement.
   *
   * @return what to print of it; nothing when its rows were printed
   * @throws DistDbException the statement failed; lines that were its data are passed over
   */
  Optional<String> run(String sql, CopyCommand command, Session session, PrintWriter results) {
    if (!command.from()) {
      session.copyOut(sql, new ToWriter(results));
      return Optional.empty();
    }
    Data data = new Data(lines);
    try {
      return Optional.of("COPY " + session.copyIn(sql, data));
    } finally {
      data.passOver();
    }
  }

  /** The bytes of the lines up to the mark of the end. */
  private static final class Data extends InputStream {
    private static final String END = "\\.";

    private final Lines lines;
    private byte[] line = new byte[0];
    private int at;
    private boolean begun;
    private boolean ended;

    Data(Lines lines) {
      this.lines = lines;
    }

    @Override
    public int read() throws IOException {
      return fill() ? line[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int done = 0;
      while (done < length && fill()) {
        int count = Math.min(length - done, line.length - at);
        System.arraycopy(line, at, target, offset + done, count);
        at += count;
        done += count;
      }
      return done == 0 && length > 0 ? -1 : done;
    }

    /** Whether there is another byte. */
    private boolean fill() throws IOException {
      begun = true;
      if (at == line.length && !ended) {
        String next = lines.next();
        ended = isEnd(next);
        at = 0;
        line = ended ? new byte[0] : (next + "\n").getBytes(StandardCharsets.UTF_8);
      }
      return at < line.length;
    }

    private static boolean isEnd(String next) {
      return next == null || next.equals(END) || next.equals(END + "\r");
    }

    /** What is left of data that was begun is no statement. */
    void passOver() {
      try {
        while (begun && !ended) {
          String next = lines.next();
          ended = isEnd(next);
        }
      } catch (IOException failure) {
        throw new DistDbException(
            ErrorCode.IO_ERROR, "cannot read the data of COPY: " + failure, failure);
      }
    }
  }

  /** UTF-8 on its way to a writer, whole characters at a time. */
  static final class ToWriter extends OutputStream {
    private final PrintWriter out;

    ToWriter(PrintWriter out) {
      this.out = out;
    }

    @Override
    public void write(int oneByte) {
      write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public void write(byte[] data, int offset, int length) {
      out.write(new String(data, offset, length, StandardCharsets.UTF_8));
    }
  }
}
