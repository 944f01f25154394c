// SPDX-License-Identifier: MIT
/**
 * Tables, columns and indexes: definitions, the system tables that keep them, and the views of them
 * at a schema version.
 */
package io.distdb.sql.catalog;
