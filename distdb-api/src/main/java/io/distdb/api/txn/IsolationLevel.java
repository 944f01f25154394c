// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

/** Isolation as DistDB grants it (READ UNCOMMITTED is READ COMMITTED, as in PostgreSQL). */
public enum IsolationLevel {
  /** A snapshot per statement; an update rereads the newest row after its wait. The default. */
  READ_COMMITTED,
  /** A snapshot per transaction (snapshot isolation); the first updater wins. */
  REPEATABLE_READ,
  /** Strict two-phase locking: transactions behave as if they ran one after another. */
  SERIALIZABLE
}
