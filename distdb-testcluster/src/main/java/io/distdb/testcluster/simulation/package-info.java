// SPDX-License-Identifier: MIT
/**
 * The shipped database on a simulated machine: real SQL sessions, transactions, engine and journal;
 * only clock, scheduler and disk are replaced.
 */
package io.distdb.testcluster.simulation;
