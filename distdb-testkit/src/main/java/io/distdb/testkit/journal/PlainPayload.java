// SPDX-License-Identifier: MIT
package io.distdb.testkit.journal;

import io.distdb.api.Encodable;
import java.nio.ByteBuffer;

/** Bytes as they are. */
record PlainPayload(byte[] content) implements Encodable {
  @Override
  public int encodedSize() {
    return content.length;
  }

  @Override
  public void encode(ByteBuffer target) {
    target.put(content);
  }
}
