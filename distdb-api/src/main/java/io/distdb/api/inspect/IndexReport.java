// SPDX-License-Identifier: MIT
package io.distdb.api.inspect;

import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;

/**
 * One index as a content has it.
 *
 * @param keys entries, deleted ones that have versions still included
 * @param versions of all entries
 * @param bytes of keys and values, uncompressed
 * @param exact whether these were counted; else the engine's own books say so, which a crash may
 *     have left a little behind
 */
public record IndexReport(
    IndexId id, IndexKind kind, long keys, long versions, long bytes, boolean exact) {}
