// SPDX-License-Identifier: MIT
/**
 * Which shard a key belongs to, and how to reach it. One shard for now. Holds no data and makes no
 * decision about placement.
 */
package io.distdb.sharding.route;
