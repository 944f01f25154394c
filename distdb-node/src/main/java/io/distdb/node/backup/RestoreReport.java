// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

/**
 * What a restore did.
 *
 * @param manifest of the backup
 * @param timestamp the newest whose commits are there
 * @param commits that the log had in addition to the full backup
 * @param nanos that it took
 */
public record RestoreReport(BackupManifest manifest, long timestamp, long commits, long nanos) {}
