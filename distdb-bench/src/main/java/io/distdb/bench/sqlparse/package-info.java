// SPDX-License-Identifier: MIT
/**
 * What a statement's text costs: a hit of the plan cache, and a parse. No storage, no execution.
 */
package io.distdb.bench.sqlparse;
