// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

import io.distdb.api.Bytes;
import java.nio.ByteBuffer;
import java.util.UUID;

/** A client's name for one commit, by which it can ask later what became of it. */
public record CommitToken(UUID value) {
  /** Sixteen bytes. */
  public Bytes toBytes() {
    return Bytes.wrap(
        ByteBuffer.allocate(16)
            .putLong(value.getMostSignificantBits())
            .putLong(value.getLeastSignificantBits())
            .array());
  }

  public static CommitToken of(Bytes bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes.array());
    return new CommitToken(new UUID(buffer.getLong(), buffer.getLong()));
  }
}
