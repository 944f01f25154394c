// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

/**
 * What the optimizer expects of a node.
 *
 * @param rows rows that come out
 * @param cost work of the node and everything below it; the unit is one row scanned in key order
 */
public record Estimate(double rows, double cost) {}
