// SPDX-License-Identifier: MIT
/**
 * Test tools that are shipped: seeded randomness and the crash that simulated parts throw. The
 * simulated parts, the contract tests of the ports and the history checkers live in the packages
 * below, one a subject. Nothing here or below knows SQL, an engine or a node.
 */
package io.distdb.testkit;
