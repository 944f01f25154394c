// SPDX-License-Identifier: MIT
/**
 * What is told of sessions and statements while they run: rows of {@code pg_stat_activity} and
 * {@code pg_stat_statements}, totals, the log of slow statements. No sessions here.
 */
package io.distdb.sql.activity;
