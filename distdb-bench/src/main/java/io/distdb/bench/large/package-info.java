// SPDX-License-Identifier: MIT
/** Rows for data larger than memory, and what checks their order: see distdb-bench/large. */
package io.distdb.bench.large;
