// SPDX-License-Identifier: MIT
package io.distdb.sharding.remote;

import io.distdb.api.Bytes;
import io.distdb.sharding.lock.LockAnswer;

/**
 * The answer to a {@link LockRequest}.
 *
 * @param applied the log's index through which the leader had applied it when the lock was granted:
 *     who reads under the lock must have, too
 */
public record LockReply(LockAnswer answer, long applied) {
  public Bytes encode() {
    return Fields.end(Fields.begin(1 + Long.BYTES).put((byte) answer.ordinal()).putLong(applied));
  }

  /**
   * @throws io.distdb.api.error.DistDbException {@code INCOMPATIBLE_FORMAT}, {@code
   *     PROTOCOL_VIOLATION}
   */
  public static LockReply decode(Bytes message) {
    return Fields.read(
        "the answer about a lock",
        message,
        source ->
            new LockReply(Fields.constant(LockAnswer.values(), source.get()), source.getLong()));
  }
}
