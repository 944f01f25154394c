// SPDX-License-Identifier: MIT
/**
 * The lock table of one shard's leader: keys and key ranges, shared and exclusive, queues, deadlock
 * detection. It lives in memory for one term of leadership. Knows nothing of values, versions or
 * timestamps, and nothing of the log.
 */
package io.distdb.sharding.lock;
