// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.error.DistDbException;
import io.distdb.api.inspect.Damage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the place in what RocksDB says of damage. */
final class RocksDamage {
  /** {@code block checksum mismatch: ... in /data/storage/000010.sst offset 0 size 8125}. */
  private static final Pattern BLOCK =
      Pattern.compile("in (\\S+\\.(?:sst|ldb)),? offset (\\d+),? size (\\d+)");

  /**
   * {@code IO error: No such file or directory: While open a file ...: /data/000010.sst: No ...}.
   */
  private static final Pattern FILE =
      Pattern.compile("(/\\S*/(?:\\d+\\.(?:sst|ldb|log)|MANIFEST-\\d+|CURRENT|OPTIONS-\\d+))");

  private RocksDamage() {}

  static Damage of(DistDbException refusal) {
    String message = refusal.getMessage();
    Matcher block = BLOCK.matcher(message);
    if (block.find()) {
      return new Damage(
          block.group(1),
          Long.parseLong(block.group(2)),
          Long.parseLong(block.group(3)),
          Damage.Kind.BLOCK,
          message);
    }
    Damage.Kind kind =
        message.contains("No such file") || message.contains("is missing")
            ? Damage.Kind.MISSING_FILE
            : switch (refusal.code()) {
              case DATA_CORRUPTED -> Damage.Kind.CONTENT;
              case INCOMPATIBLE_FORMAT -> Damage.Kind.NEWER_FORMAT;
              default -> Damage.Kind.UNREADABLE;
            };
    Matcher file = FILE.matcher(message);
    return Damage.of(file.find() ? file.group(1) : "", kind, message);
  }

  /** As {@link #of}, where RocksDB does not name the file. */
  static Damage of(DistDbException refusal, String ifUnnamed) {
    Damage damage = of(refusal);
    return damage.file().isEmpty()
        ? new Damage(ifUnnamed, damage.offset(), damage.bytes(), damage.kind(), damage.what())
        : damage;
  }
}
