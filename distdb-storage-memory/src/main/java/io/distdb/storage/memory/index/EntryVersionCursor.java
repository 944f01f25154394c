// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

/** Every version of a few hash entries. */
final class EntryVersionCursor implements VersionedIndex.VersionCursor {
  private final HashEntry[] entries;
  private final ChainWalk chain = new ChainWalk();
  private int at = -1;

  EntryVersionCursor(HashEntry... entries) {
    this.entries = entries;
  }

  @Override
  public boolean next() {
    while (!chain.next()) {
      if (++at >= entries.length) {
        return false;
      }
      chain.start(entries[at].head(), entries[at].baseTimestamp());
    }
    return true;
  }

  @Override
  public byte[] key() {
    return entries[at].key;
  }

  @Override
  public byte[] value() {
    return chain.value();
  }

  @Override
  public long timestamp() {
    return chain.timestamp();
  }
}
