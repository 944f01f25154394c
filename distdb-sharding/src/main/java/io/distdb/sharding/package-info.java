// SPDX-License-Identifier: MIT
/**
 * The distributed transactional key-value store: transactions over shards, each a log-driven state
 * machine over a store. Nothing lives here itself; see {@code txn} (what callers use), {@code
 * replica}, {@code lock} and {@code route}. No SQL, no adapter of storage or consensus.
 */
package io.distdb.sharding;
