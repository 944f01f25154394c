// SPDX-License-Identifier: MIT
package io.distdb.api.txn;

import io.distdb.api.Bytes;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.UUID;

/**
 * A client's name for one commit, by which it can ask later what became of it.
 *
 * @param answered the name of an earlier commit whose answer has come, so that nobody will ask for
 *     it: once this one is committed its outcome is not kept any more; null: none
 */
public record CommitToken(UUID value, UUID answered) {
  public CommitToken {
    Objects.requireNonNull(value, "value");
  }

  public CommitToken(UUID value) {
    this(value, null);
  }

  public CommitToken withAnswered(UUID earlier) {
    return new CommitToken(value, earlier);
  }

  /** The name itself: sixteen bytes. */
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
