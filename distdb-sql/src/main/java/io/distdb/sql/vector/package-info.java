// SPDX-License-Identifier: MIT
/**
 * Columns of values in memory, as operators and functions pass them on, and SQL's order of values.
 * Nothing here knows plans, expressions or the session.
 */
package io.distdb.sql.vector;
