// SPDX-License-Identifier: MIT
package io.distdb.node.repair;

import io.distdb.api.index.IndexId;
import java.util.List;

/**
 * What is lost of a content: a snapshot, or a RocksDB.
 *
 * @param keys rows and index entries; -1 when the content does not say how many it had
 * @param versions of them and of others, deletions included; -1 likewise
 * @param sides side records; -1 likewise
 * @param exact whether the content counts itself with every change; else its books may be some
 *     hundred behind
 * @param indexes those that lack something, with how much of each is left
 */
public record ContentLoss(
    String content, long keys, long versions, long sides, boolean exact, List<Affected> indexes) {
  public static final long UNKNOWN = -1;

  public ContentLoss {
    indexes = List.copyOf(indexes);
  }

  /**
   * An index that lacks something.
   *
   * @param name what it is in SQL's terms; empty when the definitions do not say
   * @param left keys that can be read
   */
  public record Affected(IndexId id, String name, long left) {}
}
