// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

import io.distdb.api.storage.LogPosition;

/**
 * What was exported.
 *
 * @param timestamp everything committed at or below it is in the chunks, and no definition changed
 *     between it and {@code position}; some later commits may be there too, which a restore leaves
 *     out
 * @param position the log position that the chunks are of
 * @param versions of all keys of all indexes, deletions and later commits included
 */
public record ExportedContent(long timestamp, LogPosition position, long versions) {}
