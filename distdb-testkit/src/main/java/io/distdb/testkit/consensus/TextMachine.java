// SPDX-License-Identifier: MIT
package io.distdb.testkit.consensus;

import io.distdb.api.Bytes;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.Invariant;
import io.distdb.api.storage.LogPosition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Remembers the texts applied, in order, and complains when two threads apply at once or positions
 * do not follow each other. A proposal gets {@code "<number>:<text>"}, counted from 1.
 */
public final class TextMachine implements StateMachine {
  private final List<String> texts = new ArrayList<>();
  private final List<String> leadership = new ArrayList<>();
  private final AtomicBoolean busy = new AtomicBoolean();
  private LogPosition applied;

  public TextMachine() {
    this(LogPosition.START, List.of());
  }

  /** A machine that was at {@code applied} when it was last saved. */
  public TextMachine(LogPosition applied, List<String> texts) {
    this.applied = applied;
    this.texts.addAll(texts);
  }

  /** What was applied so far. */
  public synchronized List<String> texts() {
    return List.copyOf(texts);
  }

  /** Calls of leading and following, as {@code "leading <term> after <number of texts>"}. */
  public synchronized List<String> leadership() {
    return List.copyOf(leadership);
  }

  @Override
  public synchronized LogPosition applied() {
    return applied;
  }

  @Override
  public Object apply(LogPosition position, Command command) {
    Invariant.check(busy.compareAndSet(false, true), "two threads apply at once");
    try {
      synchronized (this) {
        Invariant.check(
            position.index() > applied.index() && position.term() >= applied.term(),
            "applied %s behind %s",
            position,
            applied);
        applied = position;
        texts.add(((TextCommand) command).text());
        return texts.size() + ":" + texts.getLast();
      }
    } finally {
      busy.set(false);
    }
  }

  @Override
  public Command decode(Bytes payload) {
    return TextCommand.decode(payload);
  }

  @Override
  public LogPosition exportSnapshot(Consumer<ByteBuffer> sink) {
    throw new UnsupportedOperationException("this contract installs no snapshots");
  }

  @Override
  public void installSnapshot(LogPosition position, Iterable<ByteBuffer> chunks) {
    throw new UnsupportedOperationException("this contract installs no snapshots");
  }

  @Override
  public synchronized void leading(long term) {
    leadership.add("leading " + term + " after " + texts.size());
  }

  @Override
  public synchronized void following(long term) {
    leadership.add("following " + term + " after " + texts.size());
  }
}
