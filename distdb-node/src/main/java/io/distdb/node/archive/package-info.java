// SPDX-License-Identifier: MIT
/**
 * The log kept beyond the journal: files of log records, the directory that collects them, and what
 * fills it while the database runs. Reading them back into a database is restoring, not here.
 */
package io.distdb.node.archive;
