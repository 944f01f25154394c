// SPDX-License-Identifier: MIT
/**
 * Rewrites of the relational tree, one a file, named as imperatives. Each draws its tree before and
 * after, and is right for every input, NULLs included.
 */
package io.distdb.sql.optimize.rule;
