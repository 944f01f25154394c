// SPDX-License-Identifier: MIT
/**
 * The typed relational tree: what {@code analyze} makes of an AST, what {@code optimize} rewrites,
 * and what {@code plan} turns into operators. Names and types are settled here; nothing in it knows
 * text positions or storage.
 */
package io.distdb.sql.logical;
