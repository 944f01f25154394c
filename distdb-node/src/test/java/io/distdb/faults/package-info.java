// SPDX-License-Identifier: MIT
/**
 * Real faults on a real file system: a process with a database is loaded, its disk fills, fails or
 * becomes read-only, or it is killed. What must hold is said once, in {@link
 * io.distdb.faults.Ledger}. Nothing here is simulated; {@code faults/run} installs what is needed.
 */
package io.distdb.faults;
