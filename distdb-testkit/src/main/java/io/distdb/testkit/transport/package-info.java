// SPDX-License-Identifier: MIT
/**
 * The simulated network, which drops, doubles, delays and reorders, and the contract test of the
 * {@link io.distdb.api.transport.Transport} port. Nothing here knows what the messages mean.
 */
package io.distdb.testkit.transport;
