// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.journal.Journal;
import java.util.function.LongConsumer;

/** Adds up what was read, and tells how much of the whole that is. */
final class BytesRead implements LongConsumer {
  private final Journal.Progress progress;
  private long all;
  private long done;

  BytesRead(Journal.Progress progress) {
    this.progress = progress;
  }

  /** It will be so many bytes in all, as far as is known now. */
  void expect(long bytes) {
    all = bytes;
  }

  long done() {
    return done;
  }

  @Override
  public void accept(long bytes) {
    done += bytes;
    progress.at(done, Math.max(done, all));
  }
}
