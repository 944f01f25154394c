// SPDX-License-Identifier: MIT
/**
 * The engine for data larger than memory, on RocksDB. Here live the engine, its stores and indexes,
 * the layout of their keys (docs/formats/rocksdb.md), and every native object of RocksDB. Nothing
 * here knows SQL, transactions or consensus.
 */
package io.distdb.storage.rocksdb;
