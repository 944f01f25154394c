// SPDX-License-Identifier: MIT
package io.distdb.api.storage;

/**
 * What an export holds.
 *
 * @param position the log position that it is of
 * @param versions of all keys of all indexes, deletions included
 */
public record Exported(LogPosition position, long versions) {}
