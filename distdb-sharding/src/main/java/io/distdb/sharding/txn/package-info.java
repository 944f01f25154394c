// SPDX-License-Identifier: MIT
/**
 * Running transactions: snapshots, buffered writes, the commit protocol, timestamps, and the
 * housekeeping that follows commits. What a shard's log means is in {@code replica}, who may touch
 * what in {@code lock}. Nothing here knows SQL.
 */
package io.distdb.sharding.txn;
