// SPDX-License-Identifier: MIT
/**
 * Whole groups of the real core on simulated disks and a bag of messages: random schedules, a
 * bounded exploration, transcripts, and planted bugs that these must find.
 */
package io.distdb.raft.core;
