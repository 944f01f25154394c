// SPDX-License-Identifier: MIT
/**
 * The Calls port over a Transport's messages: what is lost is sent again, what comes twice is done
 * once. Knows nothing of what is asked.
 */
package io.distdb.sharding.call;
