// SPDX-License-Identifier: MIT
package io.distdb.sharding.replica;

import io.distdb.sharding.lock.LockTable;

/**
 * One term in which this node leads the shard. Locks belong to it: a transaction whose leadership
 * is not the replica's present one has lost them.
 */
public record Leadership(long term, LockTable locks) {}
