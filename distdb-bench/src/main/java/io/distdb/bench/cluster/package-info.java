// SPDX-License-Identifier: MIT
/**
 * DistDB's replicated log beside etcd, Apache Ratis and SOFAJRaft: three processes each, the
 * clients in a fourth. The peers that are libraries are in {@code distdb-bench/peers}.
 */
package io.distdb.bench.cluster;
