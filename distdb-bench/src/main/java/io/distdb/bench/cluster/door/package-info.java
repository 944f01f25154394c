// SPDX-License-Identifier: MIT
/**
 * The request path before each node of {@code distdb-bench/cluster}, the same for DistDB and the
 * peers that are libraries: length-prefixed requests over one TCP connection, many under way.
 * Nothing but the JDK, for the peers have a class path of their own.
 */
package io.distdb.bench.cluster.door;
