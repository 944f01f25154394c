// SPDX-License-Identifier: MIT
/**
 * The contract of the Consensus port for one node, with a state machine that remembers what was
 * applied. Nothing here knows how an adapter agrees.
 */
package io.distdb.testkit.consensus;
