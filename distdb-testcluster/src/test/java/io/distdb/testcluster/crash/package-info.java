// SPDX-License-Identifier: MIT
/**
 * The crash-point enumerator: small workloads through the shipped node on the simulated disk, each
 * with its own books, and every fault at every boundary or call of each. After each the next life
 * must keep what the books say. Nothing here knows the bytes of a file, but for the bugs that are
 * planted through the disk.
 */
package io.distdb.testcluster.crash;
