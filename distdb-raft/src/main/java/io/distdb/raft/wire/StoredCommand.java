// SPDX-License-Identifier: MIT
package io.distdb.raft.wire;

import io.distdb.api.Bytes;
import io.distdb.api.Encodable;
import java.nio.ByteBuffer;

/** A command as it came from another node or from the journal: its state machine reads it later. */
public record StoredCommand(Bytes bytes) implements Encodable {
  @Override
  public int encodedSize() {
    return bytes.length();
  }

  @Override
  public void encode(ByteBuffer target) {
    target.put(bytes.array());
  }
}
