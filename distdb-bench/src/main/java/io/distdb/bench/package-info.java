// SPDX-License-Identifier: MIT
/**
 * Benchmarks, a class per claim of docs/benchmarks.md, and the command that runs them. Nothing here
 * is part of the product; peers' drivers never leave {@code io.distdb.bench.client}.
 */
package io.distdb.bench;
