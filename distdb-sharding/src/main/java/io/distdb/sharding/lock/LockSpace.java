// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.index.IndexId;

/** The first half of a lock's name: an index (its id), or the tables (complement of the id). */
public final class LockSpace {
  private LockSpace() {}

  /** Keys and ranges of {@code index}. */
  public static long of(IndexId index) {
    return index.value();
  }

  /** The definition of {@code table}; its one key is {@link Bytes#EMPTY}. */
  public static long of(TableId table) {
    return ~table.value();
  }

  static boolean isTable(long space) {
    return space < 0;
  }

  static String describe(long space, Bytes key) {
    return isTable(space) ? "table " + ~space : "key " + key + " of index " + space;
  }
}
