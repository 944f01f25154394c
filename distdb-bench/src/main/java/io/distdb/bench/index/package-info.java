// SPDX-License-Identifier: MIT
/**
 * The in-memory indexes beside the JDK's maps: a JMH class per claim, and {@link
 * io.distdb.bench.index.IndexBench}, which runs the sides in turn and prints the tables of
 * docs/benchmarks-index.md.
 */
package io.distdb.bench.index;
