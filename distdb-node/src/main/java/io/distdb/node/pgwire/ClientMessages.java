// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import java.nio.charset.StandardCharsets;

/**
 * What a client has sent and nobody has taken, and how much of it is whole messages. PostgreSQL's
 * documentation, "Message Formats". Not thread-safe.
 */
final class ClientMessages {
  private static final byte[] COPY = "copy".getBytes(StandardCharsets.US_ASCII);
  private static final int LENGTH_BYTES = 4;

  private final ByteQueue bytes = new ByteQueue();
  private int whole;

  /** The first packet has no type before its length. */
  private boolean begun;

  private boolean mentionsCopy;

  int size() {
    return bytes.size();
  }

  void add(byte[] source, int offset, int length) {
    int start = bytes.size();
    bytes.add(source, offset, length);
    mentionsCopy |= bytes.mentions(COPY, Math.max(0, start - COPY.length));
  }

  /** How many bytes are whole messages. */
  int whole() {
    int type = begun || whole > 0 ? 1 : 0;
    while (bytes.size() - whole >= type + LENGTH_BYTES) {
      int length = bytes.intAt(whole + type);
      long end = whole + type + Integer.toUnsignedLong(length);
      if (end > bytes.size()) {
        break;
      }
      whole = (int) Math.max(end, whole + type + LENGTH_BYTES);
      type = 1;
    }
    return whole;
  }

  /** Whether the word is in what came since the last {@link #handled}, or is still here. */
  boolean mentionsCopy() {
    return mentionsCopy;
  }

  /** Everything was handled that was whole at some time; more may have come since. */
  void handled() {
    mentionsCopy = bytes.mentions(COPY, 0);
  }

  /**
   * Takes at most {@code length} bytes; how many.
   *
   * @param parts of messages whose rest is still to come too
   */
  int take(byte[] target, int offset, int length, boolean parts) {
    int there = parts ? bytes.size() : whole;
    int count = bytes.take(target, offset, Math.min(length, there));
    whole = Math.max(0, whole - count);
    begun |= count > 0;
    return count;
  }
}
