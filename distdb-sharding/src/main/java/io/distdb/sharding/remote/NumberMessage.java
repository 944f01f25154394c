// SPDX-License-Identifier: MIT
package io.distdb.sharding.remote;

import io.distdb.api.Bytes;
import java.nio.ByteBuffer;

/** One number: how many ids are wanted, the first of them, a timestamp. */
public record NumberMessage(long number) {
  public Bytes encode() {
    return Fields.end(Fields.begin(Long.BYTES).putLong(number));
  }

  /**
   * @throws io.distdb.api.error.DistDbException {@code INCOMPATIBLE_FORMAT}, {@code
   *     PROTOCOL_VIOLATION}
   */
  public static long decode(Bytes message) {
    return Fields.read("a number", message, ByteBuffer::getLong);
  }
}
