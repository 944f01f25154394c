// SPDX-License-Identifier: MIT
/**
 * The statements that would define what there is, in an order in which they can be run. Only SQL
 * that PostgreSQL understands too.
 */
package io.distdb.sql.catalog.statement;
