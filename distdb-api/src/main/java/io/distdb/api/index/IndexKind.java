// SPDX-License-Identifier: MIT
package io.distdb.api.index;

/** What an index can do. The codes are written to disk. */
public enum IndexKind {
  /** Ordered by unsigned bytes: get, lookup, range. */
  BTREE(1, true),
  /** Equality only: get, lookup. Its keys are {@link HashKey}s. */
  HASH(2, false);

  private final int code;
  private final boolean ordered;

  IndexKind(int code, boolean ordered) {
    this.code = code;
    this.ordered = ordered;
  }

  /** One byte, stable on disk. */
  public int code() {
    return code;
  }

  /** Whether {@link Index#range} is answered; planners ask this before they choose. */
  public boolean ordered() {
    return ordered;
  }

  /**
   * @throws IllegalArgumentException no kind has this code
   */
  public static IndexKind ofCode(int code) {
    for (IndexKind kind : values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no index kind has the code " + code);
  }
}
