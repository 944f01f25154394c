// SPDX-License-Identifier: MIT
/**
 * A whole cluster in this JVM, in real time, for the tests of programs that use DistDB: {@link
 * io.distdb.testcluster.local.LocalCluster}, and {@link io.distdb.testcluster.local.DistDbCluster}
 * for JUnit. The nodes are those that are shipped; between them is a network of queues, below each
 * a disk in memory.
 */
package io.distdb.testcluster.local;
