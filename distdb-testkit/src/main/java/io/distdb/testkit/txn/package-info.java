// SPDX-License-Identifier: MIT
/**
 * What every TransactionManager must do: contract tests, the isolation levels anomaly by anomaly,
 * and the workloads that put many threads on it. Written against the ports alone.
 */
package io.distdb.testkit.txn;
