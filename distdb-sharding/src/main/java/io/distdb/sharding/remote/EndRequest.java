// SPDX-License-Identifier: MIT
package io.distdb.sharding.remote;

import io.distdb.api.Bytes;
import java.nio.ByteBuffer;

/**
 * Ends a transaction, or a wait of it.
 *
 * @param waitOnly its locks stay
 */
public record EndRequest(TransactionName transaction, boolean waitOnly) {
  public Bytes encode() {
    ByteBuffer message = Fields.begin(TransactionName.BYTES + 1);
    transaction.put(message);
    return Fields.end(message.put((byte) (waitOnly ? 1 : 0)));
  }

  /**
   * @throws io.distdb.api.error.DistDbException {@code INCOMPATIBLE_FORMAT}, {@code
   *     PROTOCOL_VIOLATION}
   */
  public static EndRequest decode(Bytes message) {
    return Fields.read(
        "a request to end",
        message,
        source -> new EndRequest(TransactionName.get(source), source.get() != 0));
  }
}
