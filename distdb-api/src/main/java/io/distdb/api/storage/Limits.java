// SPDX-License-Identifier: MIT
package io.distdb.api.storage;

/** Sizes that every engine accepts and no caller may exceed. */
public final class Limits {
  /** Longest key, in bytes. */
  public static final int KEY_BYTES_MAX = 64 << 10;

  /** Longest value, in bytes. */
  public static final int VALUE_BYTES_MAX = 256 << 20;

  /** Largest encoded batch, in bytes. */
  public static final int BATCH_BYTES_MAX = 1 << 30;

  private Limits() {}
}
