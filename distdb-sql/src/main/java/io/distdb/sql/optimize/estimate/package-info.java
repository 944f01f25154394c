// SPDX-License-Identifier: MIT
/**
 * How many rows there will be: the share of rows that a condition keeps, pairs of a join, groups.
 * From statistics where there are some, else from guesses. One idea a class; nothing here chooses.
 */
package io.distdb.sql.optimize.estimate;
