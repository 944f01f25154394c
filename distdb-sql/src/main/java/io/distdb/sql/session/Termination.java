// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;

/** Why a session is ended from outside. */
enum Termination {
  BY_COMMAND(ErrorCode.SHUTTING_DOWN, "terminating connection due to administrator command"),
  IDLE_IN_TRANSACTION(
      ErrorCode.IDLE_IN_TRANSACTION_TIMEOUT,
      "terminating connection due to idle-in-transaction timeout"),
  IDLE_SESSION(
      ErrorCode.IDLE_SESSION_TIMEOUT, "terminating connection due to idle-session timeout"),
  NOTIFICATIONS_NOT_TAKEN(
      ErrorCode.SHUTTING_DOWN, "terminating connection because it does not take its notifications"),
  NOTIFICATIONS_MISSED(
      ErrorCode.SHUTTING_DOWN,
      "terminating connection because this node was behind: notifications may have been missed");

  private final ErrorCode code;
  private final String message;

  Termination(ErrorCode code, String message) {
    this.code = code;
    this.message = message;
  }

  /** What the user is told, as the last. */
  DistDbException error() {
    return new DistDbException(code, message);
  }
}
