// SPDX-License-Identifier: MIT
/** What transactions cost on top of the index and the journal, one class per claim. */
package io.distdb.bench.txn;
