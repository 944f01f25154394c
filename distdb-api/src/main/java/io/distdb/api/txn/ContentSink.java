// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

import io.distdb.api.ShardId;
import java.nio.ByteBuffer;

/** Takes what {@link TransactionManager#export} hands out. Used by one thread. */
public interface ContentSink {
  /**
   * The chunks of {@code shard} follow. May come again for the same shard: definitions changed
   * meanwhile, and what came before is void.
   */
  void begin(ShardId shard);

  /** The next chunk, not to be kept. What this throws ends the export. */
  void write(ByteBuffer chunk);
}
