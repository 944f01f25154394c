// SPDX-License-Identifier: MIT
package io.distdb.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable byte string with content equality, ordered by unsigned bytes (a proper prefix sorts
 * first).
 *
 * <p>Ownership: {@link #wrap} takes the array over, so the caller must not write to it afterwards;
 * {@link #array()} hands the same array out for reading only. Both exist so that keys and values
 * cross layers without a copy.
 */
public final class Bytes implements Comparable<Bytes> {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final long HASH_STEP = 0x9e3779b97f4a7c15L;

  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] array;

  private Bytes(byte[] array) {
    this.array = array;
  }

  /** Takes {@code array} over without a copy. */
  public static Bytes wrap(byte[] array) {
    return new Bytes(array);
  }

  public static Bytes copyOf(byte[] array, int from, int to) {
    return new Bytes(Arrays.copyOfRange(array, from, to));
  }

  /** The bytes {@code values}, each 0..255. */
  public static Bytes of(int... values) {
    byte[] array = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      array[i] = (byte) values[i];
    }
    return new Bytes(array);
  }

  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads {@code length} bytes at the buffer's position, which moves past them. */
  public static Bytes read(ByteBuffer source, int length) {
    if (length == 0) {
      return EMPTY;
    }
    byte[] array = new byte[length];
    source.get(array);
    return new Bytes(array);
  }

  public int length() {
    return array.length;
  }

  public boolean isEmpty() {
    return array.length == 0;
  }

  /** The byte at {@code position} as 0..255. */
  public int at(int position) {
    return array[position] & 0xff;
  }

  /** The bytes themselves, for reading only. */
  public byte[] array() {
    return array;
  }

  public boolean startsWith(Bytes prefix) {
    int length = prefix.array.length;
    return array.length >= length && Arrays.equals(array, 0, length, prefix.array, 0, length);
  }

  public Bytes slice(int from, int to) {
    return copyOf(array, from, to);
  }

  public Bytes concat(Bytes tail) {
    byte[] joined = Arrays.copyOf(array, array.length + tail.array.length);
    System.arraycopy(tail.array, 0, joined, array.length, tail.array.length);
    return new Bytes(joined);
  }

  /** The least byte string greater than this one: itself followed by a zero byte. */
  public Bytes successor() {
    return new Bytes(Arrays.copyOf(array, array.length + 1));
  }

  /**
   * The least byte string greater than every one that starts with this one, or {@code null} when
   * there is none (all bytes are 0xff, or this is empty).
   */
  public Bytes prefixEnd() {
    int last = array.length - 1;
    while (last >= 0 && array[last] == (byte) 0xff) {
      last--;
    }
    if (last < 0) {
      return null;
    }
    byte[] end = Arrays.copyOf(array, last + 1);
    end[last]++;
    return new Bytes(end);
  }

  public String toUtf8() {
    return new String(array, StandardCharsets.UTF_8);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(array, other.array);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
  }

  /**
   * Mixes eight bytes at a time, since keys are numbers that follow each other: their polynomial
   * hash of base 31 would have some 40 of a million collide on each value. The steps are those of
   * MurmurHash3's 64-bit finalizer (Austin Appleby).
   */
  @Override
  public int hashCode() {
    long hash = array.length * HASH_STEP;
    int at = 0;
    for (; at + Long.BYTES <= array.length; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(array, at));
    }
    if (at < array.length) {
      long rest = 0;
      for (; at < array.length; at++) {
        rest = rest << Byte.SIZE | array[at] & 0xff;
      }
      hash = mix(hash ^ rest);
    }
    return (int) (hash ^ hash >>> 32);
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }

  /** Hexadecimal digits; at most 64 bytes are shown. */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return array.length <= 64
        ? hex.formatHex(array)
        : hex.formatHex(array, 0, 64) + "… (" + array.length + " bytes)";
  }
}
