// SPDX-License-Identifier: MIT
/**
 * What a shard's log drives: commands, their bytes, and the state machine that applies them to a
 * store. Deterministic: no clock, no randomness, no I/O result enters. Knows nothing of running
 * transactions; see {@code txn} for those.
 */
package io.distdb.sharding.replica;
