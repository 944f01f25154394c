// SPDX-License-Identifier: MIT
/**
 * Definitions in words: what {@code pg_get_indexdef} and its kin print, as PostgreSQL would and so
 * that it can be read again. Reads the catalog, changes nothing.
 */
package io.distdb.sql.describe;
