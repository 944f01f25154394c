// SPDX-License-Identifier: MIT
/**
 * Raft as a function of events, with no clock, thread, file, socket, logger or chance in it: {@link
 * io.distdb.raft.core.RaftCore#step} takes one event and says which effects are to be performed.
 *
 * <p>Sources: Ongaro and Ousterhout, "In Search of an Understandable Consensus Algorithm", 2014;
 * Ongaro, "Consensus: Bridging Theory and Practice", 2014 (pre-vote 9.6, check-quorum 6.2, reads
 * 6.4, transfer 3.10, joint consensus 4.3).
 */
package io.distdb.raft.core;
