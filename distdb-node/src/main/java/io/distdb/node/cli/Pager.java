// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Shows results that are longer than the terminal through the program that PSQL_PAGER or PAGER
 * names. Rows go to it as they come; up to the terminal's height they are kept back.
 */
final class Pager {
  /** When it is used. */
  enum Use {
    OFF,
    /** For results of more lines than the terminal has. */
    ON,
    ALWAYS
  }

  /** The user has left the program before it had everything. */
  static final class Left extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Left(IOException cause) {
      super("the pager was left", cause, false, false);
    }
  }

  private final String command;
  private final IntSupplier columns;
  private final IntSupplier lines;

  /**
   * @param columns how long the terminal's lines are; {@code lines} how many there are
   */
  Pager(String command, IntSupplier columns, IntSupplier lines) {
    this.command = command;
    this.columns = columns;
    this.lines = lines;
  }

  /** The program, when one is named; psql's rule, without a default. */
  static Optional<String> command(Map<String, String> environment) {
    return Stream.of("PSQL_PAGER", "PAGER")
        .map(environment::get)
        .filter(value -> value != null)
        .findFirst()
        .filter(value -> !value.isBlank());
  }

  /**
   * Where to print one result; closing it waits until the user has left the program. Writing throws
   * {@link Left}.
   *
   * @param terminal for a result that needs no program
   */
  PrintWriter open(PrintWriter terminal, Use use) {
    return new PrintWriter(new Output(terminal, use == Use.ALWAYS ? 0 : lines.getAsInt() - 1));
  }

  private final class Output extends Writer {
    private final PrintWriter terminal;
    private final int linesMax;
    private final StringBuilder kept = new StringBuilder();
    private int lineCount;
    private int column;
    private Process program;
    private Writer pipe;

    /**
     * @param linesMax shown without the program
     */
    Output(PrintWriter terminal, int linesMax) {
      this.terminal = terminal;
      this.linesMax = linesMax;
    }

    @Override
    public void write(char[] text, int from, int count) {
      try {
        if (pipe != null) {
          pipe.write(text, from, count);
          return;
        }
        kept.append(text, from, count);
        for (int i = from; i < from + count; i++) {
          advance(text[i]);
        }
        if (lineCount > linesMax) {
          start();
        }
      } catch (IOException left) {
        throw new Left(left);
      }
    }

    private void advance(char c) {
      column++;
      if (c == '\n' || column > columns.getAsInt()) {
        lineCount++;
        column = 0;
      }
    }

    private void start() throws IOException {
      terminal.flush();
      program =
          new ProcessBuilder("sh", "-c", command)
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      pipe = program.outputWriter(StandardCharsets.UTF_8);
      pipe.append(kept);
      kept.setLength(0);
    }

    @Override
    public void flush() {
      // the program has its own pace
    }

    @Override
    public void close() throws IOException {
      if (program == null) {
        terminal.append(kept);
        terminal.flush();
        kept.setLength(0);
        return;
      }
      try {
        pipe.close();
      } catch (IOException left) {
        // the user has seen enough
      }
      Programs.waitFor(program);
    }
  }
}
