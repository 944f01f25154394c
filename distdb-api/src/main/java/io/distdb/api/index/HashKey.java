// SPDX-License-Identifier: MIT
package io.distdb.api.index;

import io.distdb.api.Bytes;
import java.nio.ByteBuffer;

/**
 * The layout of a HASH index's entry keys, so that an engine can find all entries of one hashed
 * value without understanding either part.
 *
 * <table>
 * <caption>Bytes</caption>
 * <tr><th>offset</th><th>size</th><th>meaning</th></tr>
 * <tr><td>0</td><td>2</td><td>h, the length of the hashed part, big-endian, 0 to 65,535</td></tr>
 * <tr><td>2</td><td>h</td><td>the hashed part: what {@link Index#lookup} is asked for</td></tr>
 * <tr><td>2 + h</td><td>rest</td><td>what tells entries of equal hashed parts apart: the row key</td></tr>
 * </table>
 */
public final class HashKey {
  /** Longest hashed part, in bytes. */
  public static final int HASHED_BYTES_MAX = 0xffff;

  /** Where the hashed part begins. */
  public static final int HASHED_START = 2;

  private HashKey() {}

  /**
   * @throws IllegalArgumentException {@code hashed} is longer than {@link #HASHED_BYTES_MAX}
   */
  public static Bytes of(Bytes hashed, Bytes rest) {
    int length = hashed.length();
    if (length > HASHED_BYTES_MAX) {
      throw new IllegalArgumentException(
          "a hashed part has at most " + HASHED_BYTES_MAX + " bytes, this one has " + length);
    }
    byte[] key = new byte[2 + length + rest.length()];
    key[0] = (byte) (length >>> 8);
    key[1] = (byte) length;
    System.arraycopy(hashed.array(), 0, key, 2, length);
    System.arraycopy(rest.array(), 0, key, 2 + length, rest.length());
    return Bytes.wrap(key);
  }

  /** Length of the hashed part of an entry key. */
  public static int hashedLength(byte[] key) {
    return (key[0] & 0xff) << 8 | key[1] & 0xff;
  }

  /** Where the rest begins, in {@code bytes}, of the entry key that begins at {@code from}. */
  public static int restStart(byte[] bytes, int from) {
    return from + 2 + ((bytes[from] & 0xff) << 8 | bytes[from + 1] & 0xff);
  }

  public static Bytes hashed(Bytes key) {
    return key.slice(2, 2 + hashedLength(key.array()));
  }

  public static Bytes rest(Bytes key) {
    return key.slice(2 + hashedLength(key.array()), key.length());
  }

  /** Whether {@code key} is long enough to hold what its length says. */
  public static boolean isValid(Bytes key) {
    return key.length() >= 2
        && 2 + (ByteBuffer.wrap(key.array()).getShort() & 0xffff) <= key.length();
  }
}
