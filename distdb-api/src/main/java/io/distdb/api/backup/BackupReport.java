// SPDX-License-Identifier: MIT
package io.distdb.api.backup;

import io.distdb.api.storage.LogPosition;

/**
 * What a backup turned out to be.
 *
 * @param id no other backup has it
 * @param incremental it continues another, without which it cannot be restored
 * @param timestamp a restore of it shows what a reader at this timestamp saw
 * @param position the log position that it reaches
 * @param entries index entries with all their versions in a full one, log records in an incremental
 * @param bytes of its files
 * @param nanos that it took
 */
public record BackupReport(
    String id,
    boolean incremental,
    long timestamp,
    LogPosition position,
    long entries,
    long bytes,
    long nanos) {}
