// SPDX-License-Identifier: MIT
package io.distdb.api.inspect;

import io.distdb.api.ShardId;
import io.distdb.api.index.IndexId;
import io.distdb.api.storage.LogPosition;
import java.util.List;
import java.util.Optional;

/**
 * A shard's whole content as of one log position: a snapshot, or what a RocksDB has of the shard.
 *
 * @param name the file, or the directory
 * @param newest whether an opening would begin with it
 * @param position empty when it cannot be read
 * @param bytes on the disk
 * @param contentBytes of keys and values and what is between them, uncompressed; 0 when not known
 * @param counts what could be read
 * @param counted what it says that it has; empty when it does not say, or cannot be read
 * @param indexes those that could be read, by id
 * @param whole whether nothing of it is lost
 * @param damaged the indexes during whose reading something was found to be lost; what comes
 *     between two of them counts for the first
 */
public record ContentReport(
    String name,
    ShardId shard,
    boolean newest,
    Optional<LogPosition> position,
    long bytes,
    long contentBytes,
    ContentCounts counts,
    Optional<ContentCounts> counted,
    List<IndexReport> indexes,
    boolean whole,
    List<IndexId> damaged) {
  public ContentReport {
    indexes = List.copyOf(indexes);
    damaged = List.copyOf(damaged);
  }
}
