// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.Encodable;
import java.nio.ByteBuffer;

/** What a leader's first entry holds. No command is empty, so it can be told from one. */
enum EmptyPayload implements Encodable {
  EMPTY;

  @Override
  public int encodedSize() {
    return 0;
  }

  @Override
  public void encode(ByteBuffer target) {
    // There is nothing to write.
  }
}
