// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

/** Bytes on their way from one side to the other. Not thread-safe. */
final class ByteQueue {
  private static final int IDLE_BYTES = 512;
  private static final int KEPT_BYTES = 64 << 10;

  private byte[] bytes = new byte[IDLE_BYTES];
  private int from;
  private int to;

  int size() {
    return to - from;
  }

  void add(byte[] source, int offset, int length) {
    if (bytes.length - to < length) {
      int there = size();
      byte[] target =
          there + length > bytes.length
              ? new byte[Math.max(2 * bytes.length, there + length)]
              : bytes;
      System.arraycopy(bytes, from, target, 0, there);
      bytes = target;
      from = 0;
      to = there;
    }
    System.arraycopy(source, offset, bytes, to, length);
    to += length;
  }

  /** Takes at most {@code length} bytes; how many. */
  int take(byte[] target, int offset, int length) {
    int count = Math.min(length, size());
    System.arraycopy(bytes, from, target, offset, count);
    from += count;
    if (from == to) {
      from = 0;
      to = 0;
      if (bytes.length > KEPT_BYTES) {
        bytes = new byte[IDLE_BYTES];
      }
    }
    return count;
  }

  /** The byte {@code offset} bytes behind the first. */
  byte at(int offset) {
    return bytes[from + offset];
  }

  /** The number that starts {@code offset} bytes behind the first. */
  int intAt(int offset) {
    int at = from + offset;
    return bytes[at] << 24
        | (bytes[at + 1] & 0xFF) << 16
        | (bytes[at + 2] & 0xFF) << 8
        | bytes[at + 3] & 0xFF;
  }

  /** Whether the ASCII letters of {@code word}, in lower case, are in it, whatever their case. */
  boolean mentions(byte[] word, int start) {
    for (int i = from + start; i <= to - word.length; i++) {
      int match = 0;
      while (match < word.length && (bytes[i + match] | 0x20) == word[match]) {
        match++;
      }
      if (match == word.length) {
        return true;
      }
    }
    return false;
  }
}
