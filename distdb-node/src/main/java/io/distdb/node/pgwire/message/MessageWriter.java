// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.message;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Messages to a client, one after another in one growing array. Used by one thread. */
public final class MessageWriter {
  private static final int IDLE_BYTES = 1 << 10;
  private static final int KEPT_BYTES = 64 << 10;

  private byte[] bytes = new byte[IDLE_BYTES];
  private int size;
  private int start;

  /** Begins a message; {@link #end} ends it. */
  public void begin(byte type) {
    ensure(5);
    bytes[size] = type;
    start = size + 1;
    size += 5;
  }

  /** Ends the message that was begun last. */
  public void end() {
    int length = size - start;
    setInt(start, length);
  }

  private void setInt(int at, int value) {
    bytes[at] = (byte) (value >> 24);
    bytes[at + 1] = (byte) (value >> 16);
    bytes[at + 2] = (byte) (value >> 8);
    bytes[at + 3] = (byte) value;
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }

  public void putByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  public void putShort(int value) {
    ensure(2);
    bytes[size++] = (byte) (value >> 8);
    bytes[size++] = (byte) value;
  }

  public void putInt(int value) {
    ensure(4);
    setInt(size, value);
    size += 4;
  }

  public void putBytes(byte[] source, int from, int length) {
    ensure(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  public void putUtf8(String text) {
    byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
    putBytes(encoded, 0, encoded.length);
  }

  public void putCString(String text) {
    putUtf8(text);
    putByte(0);
  }

  public int size() {
    return size;
  }

  public byte[] array() {
    return bytes;
  }

  /** Forgets everything; what has grown large becomes small again. */
  public void reset() {
    size = 0;
    if (bytes.length > KEPT_BYTES) {
      bytes = new byte[IDLE_BYTES];
    }
  }
}
