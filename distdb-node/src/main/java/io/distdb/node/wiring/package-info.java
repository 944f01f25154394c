// SPDX-License-Identifier: MIT
/**
 * Puts the parts of a node together: one Guice module per port, and the order in which parts open
 * and close. The only package that knows every part, and the only one that knows Guice.
 *
 * <p>Modules bind to provider instances, not to {@code @Provides} methods: for the latter Guice
 * generates bytecode through {@code sun.misc.Unsafe}, for which Java 24 and newer print a warning
 * into the output of whoever embeds DistDB.
 */
package io.distdb.node.wiring;
