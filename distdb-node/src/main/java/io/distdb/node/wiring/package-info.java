// SPDX-License-Identifier: MIT
/**
 * Puts the parts of a node together: one Guice module per port, and the order in which parts open
 * and close. The only package that knows every part, and the only one that knows Guice.
 */
package io.distdb.node.wiring;
