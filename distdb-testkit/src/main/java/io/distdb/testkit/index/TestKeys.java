// SPDX-License-Identifier: MIT
package io.distdb.testkit.index;

import io.distdb.api.Bytes;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexKind;
import java.util.List;

/**
 * Keys and values by number, so that generated histories shrink to small numbers. The first keys
 * are the awkward ones: empty, prefixes of one another, zero and 0xff bytes, equal in the first
 * eight bytes.
 */
public final class TestKeys {
  private static final List<Bytes> AWKWARD =
      List.of(
          Bytes.utf8("m"),
          Bytes.EMPTY,
          Bytes.utf8("ma"),
          Bytes.of(0),
          Bytes.of(0xff),
          Bytes.of('m', 0),
          Bytes.of(0xff, 0xff),
          Bytes.utf8("12345678"),
          Bytes.utf8("123456789"),
          Bytes.utf8("12345678a"),
          Bytes.of('1', '2', '3', '4', '5', '6', '7', '8', 0),
          Bytes.of(0, 0, 0, 0, 0, 0, 0, 0, 0),
          Bytes.of(0x7f),
          Bytes.of(0x80),
          Bytes.of(0x80, 0x00),
          Bytes.utf8("a key that is longer than most of the other keys here"));

  private TestKeys() {}

  /** The raw key of a number from 0. */
  public static Bytes raw(int number) {
    return number < AWKWARD.size()
        ? AWKWARD.get(number)
        : Bytes.utf8("key " + number * 7919L % 100_003);
  }

  /** An entry key for an index of {@code kind}; four entries share each hashed part. */
  public static Bytes entry(IndexKind kind, int number) {
    return kind == IndexKind.BTREE ? raw(number) : HashKey.of(raw(number / 4), raw(number % 4));
  }

  /** A value; most are short, some empty, some of several thousand bytes. */
  public static Bytes value(int number) {
    return switch (number % 11) {
      case 3 -> Bytes.EMPTY;
      case 7 -> Bytes.wrap(new byte[3_000 + number]);
      default -> Bytes.utf8("value " + number);
    };
  }
}
