// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

/**
 * What NOTIFY told a session that listens.
 *
 * @param processId of the session that said it
 * @param payload empty where there is none
 */
public record Notification(int processId, String channel, String payload) {
  private static final int FIXED_BYTES = 64;

  /** What it takes in memory, an estimate. */
  long heapBytes() {
    return FIXED_BYTES + payload.length();
  }
}
