// SPDX-License-Identifier: MIT
/**
 * The Backups port: what takes a consistent copy of a database that goes on running. Restoring is
 * not here: it makes a directory that no database is open in.
 */
package io.distdb.api.backup;
