// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a journal may be written: it is recovered once, open until it fails or is closed, and
 * what stopped it is told to all who come later. Guarded by the journal's lock, but for {@link
 * #stopped}, which may be asked by whoever was told that it failed.
 */
final class JournalState {
  private static final Logger LOG = LoggerFactory.getLogger(JournalState.class);

  private final String location;
  private Phase phase = Phase.NEW;
  private volatile Throwable failure;

  private enum Phase {
    NEW,
    OPEN,
    FAILED,
    CLOSED
  }

  JournalState(String location) {
    this.location = location;
  }

  void requireNew() {
    Invariant.check(phase == Phase.NEW, "a journal is recovered once");
  }

  void open() {
    phase = Phase.OPEN;
  }

  boolean isOpen() {
    return phase == Phase.OPEN;
  }

  void requireOpen() {
    switch (phase) {
      case OPEN -> {}
      case NEW -> throw new IllegalStateException("the journal was not recovered yet");
      case FAILED -> throw stopped();
      case CLOSED ->
          throw new DistDbException(
              ErrorCode.IO_ERROR, "the journal in " + location + " is closed");
    }
  }

  /** Stops an open journal; of several causes the first counts. */
  void fail(Throwable cause) {
    if (phase == Phase.OPEN) {
      failure = cause;
      phase = Phase.FAILED;
      if (cause instanceof RuntimeException) {
        LOG.error("the journal in {} stops: {}", location, cause.getMessage());
      }
    }
  }

  /** A full disk is found out before anything is written, so it stops nothing. */
  DistDbException failUnlessFull(DistDbException refused) {
    if (refused.code() == ErrorCode.IO_ERROR) {
      fail(refused);
    }
    return refused;
  }

  /** What those are told who come after a failure. */
  DistDbException stopped() {
    Throwable cause = failure;
    ErrorCode code =
        cause instanceof DistDbException known && known.code() == ErrorCode.DISK_FULL
            ? ErrorCode.DISK_FULL
            : ErrorCode.IO_ERROR;
    return new DistDbException(
            code, "the journal in " + location + " has stopped: " + cause.getMessage(), cause)
        .withHint("What was not confirmed may or may not be on the disk; open the database again.");
  }

  /**
   * Ends it.
   *
   * @return whether it had been recovered and not been closed: there are files to close
   */
  boolean close() {
    boolean hasFiles = phase == Phase.OPEN || phase == Phase.FAILED;
    phase = Phase.CLOSED;
    return hasFiles;
  }
}
