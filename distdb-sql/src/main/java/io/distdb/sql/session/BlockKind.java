// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

/** Who opened a transaction block. */
enum BlockKind {
  /** BEGIN did. */
  EXPLICIT,

  /** Several statements came in one message, which is a transaction. */
  MESSAGE,

  /**
   * Statements up to the protocol's Sync are a transaction: but what needs a block takes it for
   * none, and what cannot run in one may come first.
   */
  PIPELINE
}
