// SPDX-License-Identifier: MIT
package io.distdb.api.index;

import io.distdb.api.Bytes;
import java.util.Objects;

/**
 * Keys from {@code from} (included) to {@code to} (excluded); {@code to == null} has no upper
 * bound. Half-open; empty when {@code from >= to}.
 */
public record KeyRange(Bytes from, Bytes to) {
  public static final KeyRange ALL = new KeyRange(Bytes.EMPTY, null);

  public KeyRange {
    Objects.requireNonNull(from, "from");
  }

  /** Every key that starts with {@code prefix}. */
  public static KeyRange prefix(Bytes prefix) {
    return new KeyRange(prefix, prefix.prefixEnd());
  }

  /** The one key. */
  public static KeyRange only(Bytes key) {
    return new KeyRange(key, key.successor());
  }

  public boolean contains(Bytes key) {
    return key.compareTo(from) >= 0 && (to == null || key.compareTo(to) < 0);
  }

  public boolean isEmpty() {
    return to != null && from.compareTo(to) >= 0;
  }

  /** Whether some key is in both ranges. */
  public boolean overlaps(KeyRange other) {
    return !isEmpty()
        && !other.isEmpty()
        && (other.to == null || from.compareTo(other.to) < 0)
        && (to == null || other.from.compareTo(to) < 0);
  }
}
