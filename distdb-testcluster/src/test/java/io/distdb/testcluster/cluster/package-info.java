// SPDX-License-Identifier: MIT
/**
 * Whole clusters in the simulated world: the shipped Raft, journal, engine, replica and
 * transactions of three or five nodes, with only the ports replaced, under faults that a seed
 * chooses; what clients saw and what can be seen from outside is judged.
 */
package io.distdb.testcluster.cluster;
