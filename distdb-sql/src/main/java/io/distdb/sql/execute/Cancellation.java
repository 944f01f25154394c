// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;

/** Whether the statement that runs now should end early. Asked per batch; set by any thread. */
public final class Cancellation {
  private volatile String reason;

  /** Forgets an earlier request: a new statement begins. */
  public void reset() {
    if (reason != null) {
      reason = null;
    }
  }

  /**
   * @param why how the error's message ends: {@code user request}, {@code statement timeout}
   */
  public void request(String why) {
    reason = why;
  }

  /**
   * Called by the statement's thread.
   *
   * @throws DistDbException {@code QUERY_CANCELED}: it was requested, or the thread is interrupted
   *     (and stays so)
   */
  public void check() {
    String why = reason;
    if (why == null && Thread.currentThread().isInterrupted()) {
      why = "user request";
    }
    if (why != null) {
      throw new DistDbException(ErrorCode.QUERY_CANCELED, "canceling statement due to " + why);
    }
  }
}
