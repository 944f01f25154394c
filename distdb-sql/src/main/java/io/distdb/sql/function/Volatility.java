// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

/** On what the result of a function depends (PostgreSQL documentation, 38.7). */
public enum Volatility {
  /** Its arguments alone. */
  IMMUTABLE,
  /** The session and the transaction too; within one statement it is the same. */
  STABLE,
  /** It may be another each time. */
  VOLATILE
}
