// SPDX-License-Identifier: MIT
/**
 * Tables whose rows are made of the catalog whenever a statement is planned: {@code
 * information_schema}. One file a table; {@code VirtualTables} lists them. They can be queried as
 * any table, and not changed.
 */
package io.distdb.sql.catalog.virtual;
