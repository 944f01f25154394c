// SPDX-License-Identifier: MIT
/** Benchmarks of the in-memory engine: applying batches, writing and loading snapshots. */
package io.distdb.bench.storage;
