// SPDX-License-Identifier: MIT
/**
 * The RocksDB engine beside RocksDB itself, set up alike, and SQL on it beside SQLite on a file:
 * what versions, the log and SQL cost.
 */
package io.distdb.bench.rocksdb;
