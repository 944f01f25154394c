// SPDX-License-Identifier: MIT
package io.distdb.sharding.remote;

import io.distdb.api.Bytes;
import java.nio.ByteBuffer;

/**
 * Ends a transaction, or a wait of it.
 *
 * @param request the {@link LockRequest#number} of the request whose wait ends, while the locks
 *     stay; {@link #WHOLE}: the transaction ends
 */
public record EndRequest(TransactionName transaction, long request) {
  public static final long WHOLE = 0;

  public boolean ofWait() {
    return request != WHOLE;
  }

  public Bytes encode() {
    ByteBuffer message = Fields.begin(TransactionName.BYTES + Long.BYTES);
    transaction.put(message);
    return Fields.end(message.putLong(request));
  }

  /**
   * @throws io.distdb.api.error.DistDbException {@code INCOMPATIBLE_FORMAT}, {@code
   *     PROTOCOL_VIOLATION}
   */
  public static EndRequest decode(Bytes message) {
    return Fields.read(
        "a request to end",
        message,
        source -> new EndRequest(TransactionName.get(source), source.getLong()));
  }
}
