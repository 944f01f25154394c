// SPDX-License-Identifier: MIT
/**
 * Consensus of one node: its log is committed as soon as it is on its disk. Writes the records that
 * Raft would, so that its directory can become a cluster's first member. Nothing here sends
 * messages or starts threads.
 */
package io.distdb.raft.solo;
