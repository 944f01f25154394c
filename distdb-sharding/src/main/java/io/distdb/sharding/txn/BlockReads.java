// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexId;

/** What a transaction's writes mean for many keys that are looked up at once. */
final class BlockReads {
  private BlockReads() {}

  /** Whether committing {@code writes} changes what a reader of some key of {@code block} sees. */
  static boolean touches(WriteBuffer writes, IndexId index, EntryBlock block) {
    if (!writes.isEmpty()) {
      for (int i = 0; i < block.size(); i++) {
        if (writes.touches(index, block.key(i))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Puts what {@code writes} has under a key of {@code block} in place of the value there. */
  static void hide(WriteBuffer writes, IndexId index, EntryBlock block) {
    if (writes.isEmpty()) {
      return;
    }
    for (int i = 0; i < block.size(); i++) {
      int position = writes.findSeen(index, block.key(i));
      if (position >= 0) {
        Bytes own = writes.seenValue(position);
        block.setValue(i, own == null ? null : own.array());
      }
    }
  }
}
