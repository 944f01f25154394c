// SPDX-License-Identifier: MIT
package io.distdb.api.storage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the blocks of snapshots, exports and backups are made smaller. The codes are on disk. */
public enum Compression {
  NONE(0),
  /** LZ4's block format: fast both ways. */
  LZ4(1),
  /** Zstandard: smaller, and slower to write. Needs {@code com.github.luben:zstd-jni}. */
  ZSTD(2);

  private final int code;

  Compression(int code) {
    this.code = code;
  }

  /** One byte, stable on disk. */
  public int code() {
    return code;
  }

  /** As people write it: the name in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one whose {@link #text} this is. */
  public static Optional<Compression> of(String text) {
    return Arrays.stream(values()).filter(each -> each.text().equals(text)).findFirst();
  }
}
