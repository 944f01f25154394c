// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

/** Where a session stands, as PostgreSQL's ReadyForQuery tells it. */
public enum TransactionStatus {
  /** Every statement is a transaction of its own. */
  IDLE,
  /** Between BEGIN and COMMIT or ROLLBACK. */
  IN_TRANSACTION,
  /** A statement of the block failed: only ROLLBACK and ROLLBACK TO are allowed (25P02). */
  FAILED
}
