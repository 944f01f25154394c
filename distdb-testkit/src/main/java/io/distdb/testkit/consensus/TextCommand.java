// SPDX-License-Identifier: MIT
package io.distdb.testkit.consensus;

import io.distdb.api.Bytes;
import io.distdb.api.consensus.Command;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A command that is a line of text. */
public record TextCommand(String text) implements Command {
  static TextCommand decode(Bytes payload) {
    return new TextCommand(payload.toUtf8());
  }

  @Override
  public int encodedSize() {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  public void encode(ByteBuffer target) {
    target.put(text.getBytes(StandardCharsets.UTF_8));
  }
}
