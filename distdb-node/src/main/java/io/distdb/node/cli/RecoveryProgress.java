// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.journal.Journal;
import java.io.PrintWriter;

/** Shows on a terminal how much of the journal has been read; silent for short ones. */
final class RecoveryProgress implements Journal.Progress {
  private static final long SHOWN_FROM_BYTES = 64 << 20;

  private final PrintWriter err;
  private final String doing;
  private long lastPercent = -1;

  RecoveryProgress(PrintWriter err) {
    this(err, "reading the journal");
  }

  /**
   * @param doing what takes so long
   */
  RecoveryProgress(PrintWriter err, String doing) {
    this.err = err;
    this.doing = doing;
  }

  @Override
  public void at(long doneBytes, long totalBytes) {
    if (totalBytes < SHOWN_FROM_BYTES) {
      return;
    }
    long percent = doneBytes * 100 / totalBytes;
    if (percent != lastPercent) {
      lastPercent = percent;
      err.print("\r" + doing + ": " + percent + " %" + (percent == 100 ? "\n" : ""));
      err.flush();
    }
  }
}
