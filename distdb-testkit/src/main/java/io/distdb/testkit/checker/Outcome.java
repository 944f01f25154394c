// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

/** What the client knows of what it asked for. */
public enum Outcome {
  COMMITTED,
  /** It certainly did not happen. */
  ABORTED,
  /** A time-out or a crash: it may have happened, or may yet. */
  UNKNOWN
}
