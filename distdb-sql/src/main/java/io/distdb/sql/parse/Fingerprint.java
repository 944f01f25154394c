// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.sql.ast.LiteralKind;
import java.util.Arrays;

/**
 * The shape of a statement: its text with letters folded, white space and comments reduced, and
 * lifted literals replaced by their {@link LiteralKind}. A key of hash maps.
 *
 * <p>The one that {@link StatementScanner#fingerprint} returns is a live view that the next scan
 * overwrites: look up with it, but store a {@link #copy}.
 */
public final class Fingerprint {
  private char[] text;
  private int length;
  private int hash;

  Fingerprint() {
    this(new char[256], 0, 0);
  }

  private Fingerprint(char[] text, int length, int hash) {
    this.text = text;
    this.length = length;
    this.hash = hash;
  }

  /** The buffer, at least {@code capacity} long; what it held is lost when it grows. */
  char[] buffer(int capacity) {
    if (text.length < capacity) {
      text = new char[Math.max(capacity, text.length * 2)];
    }
    return text;
  }

  /** Four characters a step: the multiplications do not wait for each other. */
  void seal(int newLength) {
    length = newLength;
    int mixed = 17;
    int at = 0;
    for (; at + 3 < newLength; at += 4) {
      mixed =
          mixed * 923521 + text[at] * 29791 + text[at + 1] * 961 + text[at + 2] * 31 + text[at + 3];
    }
    for (; at < newLength; at++) {
      mixed = mixed * 31 + text[at];
    }
    hash = mixed;
  }

  /** An immutable copy, for storing. */
  public Fingerprint copy() {
    return new Fingerprint(Arrays.copyOf(text, length), length, hash);
  }

  /** Characters it takes: for accounting. */
  public int length() {
    return length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint that
        && hash == that.hash
        && length == that.length
        && Arrays.equals(text, 0, length, that.text, 0, length);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return new String(text, 0, length);
  }
}
