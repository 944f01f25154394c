// SPDX-License-Identifier: MIT
/**
 * Chooses how to do what a statement asks: rules rewrite the relational tree, then access paths,
 * join order and join methods are chosen by estimated cost. Entry: {@link
 * io.distdb.sql.optimize.Optimizer}. Changes no answer, only how it is found.
 */
package io.distdb.sql.optimize;
