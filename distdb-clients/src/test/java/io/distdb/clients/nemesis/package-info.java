// SPDX-License-Identifier: MIT
/**
 * Real nodes under real faults, with clients whose histories are checked: what {@code nemesis/run}
 * starts. The nodes are processes of {@code ./distdb start}; nothing of DistDB but its checkers and
 * its list of errors is looked into.
 */
package io.distdb.clients.nemesis;
