// SPDX-License-Identifier: MIT
/** Backups and restores, through SQL, of databases that are being written to. */
package io.distdb.testcluster.backup;
