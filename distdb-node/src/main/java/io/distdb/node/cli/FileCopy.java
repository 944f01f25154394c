// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.session.Session;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Runs {@code \\copy}: COPY with a file of the shell's. */
final class FileCopy {
  private static final long PROGRESS_BYTES = 16L << 20;

  private final Session session;
  private final PrintWriter out;
  private final PrintWriter progress;

  /**
   * @param progress where to tell how much is loaded, or null
   */
  FileCopy(Session session, PrintWriter out, PrintWriter progress) {
    this.session = session;
    this.out = out;
    this.progress = progress;
  }

  void run(CopyCommand command) {
    if (command.from()) {
      out.println("COPY " + (command.file().isPresent() ? load(command) : loadInput(command)));
    } else if (command.file().isPresent()) {
      out.println("COPY " + save(command));
    } else {
      session.copyOut(command.sql(), new InlineCopy.ToWriter(out));
      out.flush();
    }
  }

  private long loadInput(CopyCommand command) {
    return session.copyIn(command.sql(), System.in);
  }

  private long load(CopyCommand command) {
    Path file = command.file().orElseThrow();
    try (Counted data = new Counted(Files.newInputStream(file), progress)) {
      long rows = session.copyIn(command.sql(), data);
      data.done();
      return rows;
    } catch (DistDbException failure) {
      throw failure
          .context()
          .map(context -> failure.withContext(context + "\nfile " + file))
          .orElse(failure);
    } catch (NoSuchFileException missing) {
      throw new DistDbException(
          ErrorCode.UNDEFINED_FILE, "there is no file " + file.toAbsolutePath(), missing);
    } catch (IOException failure) {
      throw new DistDbException(
          ErrorCode.IO_ERROR, "cannot read " + file + ": " + failure, failure);
    }
  }

  private long save(CopyCommand command) {
    Path file = command.file().orElseThrow();
    try (OutputStream data = Files.newOutputStream(file)) {
      return session.copyOut(command.sql(), data);
    } catch (IOException failure) {
      throw new DistDbException(
          ErrorCode.IO_ERROR, "cannot write " + file + ": " + failure, failure);
    }
  }

  /** Tells now and then how much was read. */
  private static final class Counted extends FilterInputStream {
    private final PrintWriter progress;
    private long read;
    private long told;

    Counted(InputStream in, PrintWriter progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = super.read(target, offset, length);
      read += Math.max(0, count);
      if (progress != null && read - told >= PROGRESS_BYTES) {
        told = read;
        progress.print(String.format(Locale.ROOT, "\r%,d MiB ...", read >> 20));
        progress.flush();
      }
      return count;
    }

    void done() {
      if (progress != null && told > 0) {
        progress.print("\r" + " ".repeat(40) + "\r");
        progress.flush();
      }
    }
  }
}
