// SPDX-License-Identifier: MIT
/**
 * The simulated world: one seed, one event queue, one running thread at a time, nodes with clocks
 * and disks, and the trace by which two runs are compared. It knows the ports of time and disk and
 * nothing of what runs on them. See docs/adr/0004-scheduler-and-batons.md.
 */
package io.distdb.testkit.simulation;
