// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

/**
 * What a plan was made for.
 *
 * @param rows that its tables had, together
 * @param tables that it reads, subqueries included
 * @param cost as estimated
 * @param ofValues whether statistics were asked about the values of parameters, so that other
 *     values may want another plan
 */
record PlanBasis(long rows, int tables, double cost, boolean ofValues) {
  /** Of a statement without a plan. */
  static final PlanBasis NONE = new PlanBasis(0, 0, 0, false);
}
