// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

/** How long an advisory lock is held, unless it is given back before. */
public enum AdvisoryScope {
  SESSION,
  /** A transaction's cannot be given back before. */
  TRANSACTION
}
