// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.Encodable;
import java.nio.ByteBuffer;

/** A command that is told from others by its number. */
record Command(long number) implements Encodable {
  static Entry.Data data(long number) {
    return Entry.Data.of(new Command(number));
  }

  @Override
  public int encodedSize() {
    return Long.BYTES;
  }

  @Override
  public void encode(ByteBuffer target) {
    target.putLong(number);
  }

  @Override
  public String toString() {
    return "c" + number;
  }
}
