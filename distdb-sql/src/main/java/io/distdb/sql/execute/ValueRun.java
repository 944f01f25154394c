// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/**
 * Equal values in a sorted sample.
 *
 * @param from place of the first, from 0
 * @param count how many, at least 1
 */
record ValueRun(int from, int count) {}
