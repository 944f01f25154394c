// SPDX-License-Identifier: MIT
package io.distdb.api.inspect;

import io.distdb.api.ShardId;
import io.distdb.api.storage.ExportFormat;
import java.util.Optional;
import java.util.function.Consumer;

/** One content of a shard, to be read as far as it can be. Used by one thread. */
public interface ContentSource {
  /** The file, or the directory. */
  String name();

  ShardId shard();

  /** Whether an opening would begin with it. */
  boolean newest();

  /** On the disk. */
  long bytes();

  /**
   * Reads everything that is whole, and steps over what is not. What is handed out is the content
   * less the damaged parts, in the order of {@link ExportFormat.Visitor}; an index whose beginning
   * is lost is left out with all its versions. Changes nothing.
   *
   * @param damages hears of each damaged place, before what comes behind it is handed out
   * @return what was read
   */
  Read read(ExportFormat.Visitor visitor, Consumer<Damage> damages);

  /**
   * What reading gave.
   *
   * @param counts what was handed out, whether or not the visitor looked at it
   * @param counted what the content says that it has; empty when it does not say, or cannot be read
   * @param contentBytes of what was read, uncompressed
   */
  record Read(ContentCounts counts, Optional<ContentCounts> counted, long contentBytes) {}
}
