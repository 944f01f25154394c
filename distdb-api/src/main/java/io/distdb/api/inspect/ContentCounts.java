// SPDX-License-Identifier: MIT
package io.distdb.api.inspect;

/**
 * How much of a store's content there is.
 *
 * @param keys over all indexes
 * @param versions over all indexes, deletions included
 */
public record ContentCounts(long sides, long indexes, long keys, long versions) {
  public static final ContentCounts NONE = new ContentCounts(0, 0, 0, 0);
}
