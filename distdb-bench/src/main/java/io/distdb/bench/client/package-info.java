// SPDX-License-Identifier: MIT
/**
 * What a program sees: point statements, durable inserts, opening and idling, through {@code
 * io.distdb.client} on our side and JDBC (or RocksDB's Java API) on the peers'. Every contender has
 * a JVM of its own with the same flags; one parent interleaves the rounds. Peers' drivers appear
 * here only.
 */
package io.distdb.bench.client;
