// SPDX-License-Identifier: MIT
/**
 * {@code pg_catalog}: PostgreSQL 15's system tables, made of DistDB's catalog when a statement
 * reads them. {@code tables.txt} lists them with their columns; {@link
 * io.distdb.sql.catalog.pg.PgCatalog} says where their rows come from, one file a table; those
 * without such a file are empty, because DistDB has none of what they list. Nothing here changes
 * anything.
 */
package io.distdb.sql.catalog.pg;
