// SPDX-License-Identifier: MIT
/** A node of each peer that is a library, behind the door of {@code distdb-bench/cluster}. */
package io.distdb.bench.peer;
