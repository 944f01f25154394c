// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.journal.Journal;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows on a terminal how far a backup or a restore is, on one line that it writes over. */
final class BytesProgress implements Journal.Progress {
  private static final long STEP_BYTES = 1 << 20;

  private final PrintWriter err;
  private final String what;
  private final boolean shown;
  private long nextBytes;
  private boolean begun;

  /**
   * @param shown false: silent
   */
  BytesProgress(PrintWriter err, String what, boolean shown) {
    this.err = err;
    this.what = what;
    this.shown = shown;
  }

  /** How many bytes of a whole that is not known. */
  void at(long doneBytes) {
    at(doneBytes, 0);
  }

  @Override
  public void at(long doneBytes, long totalBytes) {
    if (shown && (doneBytes >= nextBytes || doneBytes == totalBytes)) {
      nextBytes = doneBytes + STEP_BYTES;
      begun = true;
      String of = totalBytes == 0 ? "" : ", " + doneBytes * 100 / totalBytes + " %";
      err.print("\r" + what + ": " + mebibytes(doneBytes) + " MiB" + of);
      err.flush();
    }
  }

  /** The next line is somebody else's. */
  void end() {
    if (begun) {
      begun = false;
      err.println();
      err.flush();
    }
  }

  static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / (double) STEP_BYTES);
  }

  static String seconds(long nanos) {
    return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
  }
}
