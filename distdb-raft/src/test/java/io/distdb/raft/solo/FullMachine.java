// SPDX-License-Identifier: MIT
package io.distdb.raft.solo;

import io.distdb.api.Bytes;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.LogPosition;
import io.distdb.testkit.consensus.TextMachine;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A machine that refuses to apply while it is told to, as a store on a full disk does. */
final class FullMachine implements StateMachine {
  final TextMachine texts;
  volatile ErrorCode refusal;
  volatile int refused;

  FullMachine(TextMachine texts) {
    this.texts = texts;
  }

  @Override
  public LogPosition applied() {
    return texts.applied();
  }

  @Override
  public Object apply(LogPosition position, Command command) {
    ErrorCode code = refusal;
    if (code != null) {
      refused++;
      throw new DistDbException(code, "the machine refuses");
    }
    return texts.apply(position, command);
  }

  @Override
  public Command decode(Bytes payload) {
    return texts.decode(payload);
  }

  @Override
  public LogPosition exportSnapshot(Consumer<ByteBuffer> sink) {
    return texts.exportSnapshot(sink);
  }

  @Override
  public void installSnapshot(LogPosition position, Iterable<ByteBuffer> chunks) {
    texts.installSnapshot(position, chunks);
  }

  @Override
  public void leading(long term) {
    texts.leading(term);
  }

  @Override
  public void following(long term) {
    texts.following(term);
  }
}
