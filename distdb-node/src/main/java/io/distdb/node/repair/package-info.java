// SPDX-License-Identifier: MIT
/**
 * What damage to a data directory costs, and saving the rest into a new one. The damaged directory
 * is read by {@link io.distdb.node.inspect} and never changed.
 */
package io.distdb.node.repair;
