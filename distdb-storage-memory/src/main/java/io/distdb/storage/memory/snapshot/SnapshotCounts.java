// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

/**
 * What a snapshot holds; its footer says so and readers check it.
 *
 * @param keys over all indexes
 * @param versions over all indexes, deletions included
 * @param bytes of the whole file or export; not in the footer
 */
public record SnapshotCounts(long sides, long indexes, long keys, long versions, long bytes) {}
