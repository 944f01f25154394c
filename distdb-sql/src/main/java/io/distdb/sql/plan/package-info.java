// SPDX-License-Identifier: MIT
/**
 * Physical plans: what will be done, as records, and their text for EXPLAIN. The part below a shard
 * border is a {@link io.distdb.api.Fragment}. No code that chooses or runs one.
 */
package io.distdb.sql.plan;
