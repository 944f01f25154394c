// SPDX-License-Identifier: MIT
/** Runs the Raft groups of a node: one thread, one journal, one stream of messages to each peer. */
package io.distdb.raft.host;
