// SPDX-License-Identifier: MIT
/**
 * Backups and restores: directories of files that hold a database as of one timestamp, written
 * while it runs, and read into a new data directory. What the content is, and how it is kept
 * consistent, the ports say: {@link io.distdb.api.txn.TransactionManager#export}, {@link
 * io.distdb.api.storage.Store#restore}. Formats: docs/formats/backup.md; design: docs/adr/0017.
 */
package io.distdb.node.backup;
