// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.message;

import io.distdb.sql.external.ByteOutput;

/**
 * Messages to a client, one behind another: {@link #begin}, what is in it, {@link #end}. All are in
 * one array, so that one write sends them. Used by one thread.
 *
 * <p>{@link #reset} keeps an array of up to {@link #KEPT_BYTES}, which rows under way fill again
 * and again; a connection that waits for its client calls {@link #shrink}.
 */
public final class MessageWriter extends ByteOutput {
  private static final int IDLE_BYTES = 1 << 10;
  private static final int KEPT_BYTES = 64 << 10;

  /** An array of a few small replies, which a connection that waits may keep. */
  private static final int SMALL_BYTES = 16 << 10;

  private int start;
  private boolean isOpen;

  public MessageWriter() {
    super(IDLE_BYTES);
  }

  /**
   * Begins a message. One that was begun and not ended is taken back: its rows have failed midway.
   *
   * @param type the first byte of the message; its length comes behind it
   */
  public void begin(byte type) {
    if (isOpen) {
      abandon();
    }
    isOpen = true;
    ensure(1 + Integer.BYTES);
    start = size();
    putByte(type);
    putInt(0);
  }

  /** The message is whole: sets its length. */
  public void end() {
    setInt(start + 1, size() - start - 1);
    isOpen = false;
  }

  /** Takes back the message that was begun. */
  public void abandon() {
    truncate(start);
    isOpen = false;
  }

  /** UTF-8 and a zero byte; {@code text} has no zero in it. */
  public void putCString(String text) {
    putUtf8(text);
    putByte(0);
  }

  /** Forgets all messages. */
  public void reset() {
    truncateTo(KEPT_BYTES);
  }

  /** Forgets all messages, and what memory is not needed to wait. */
  public void shrink() {
    truncateTo(SMALL_BYTES);
  }

  private void truncateTo(int kept) {
    if (capacity() > kept) {
      replace(IDLE_BYTES);
    }
    truncate(0);
    start = 0;
    isOpen = false;
  }
}
