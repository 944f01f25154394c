// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

/** Every version of every key of a hash index, in the order of the hashes' segments. */
final class HashVersionCursor implements VersionedIndex.VersionCursor {
  private final HashDirectory directory;
  private HashSegment segment;
  private long hash;
  private int at = -1;
  private VersionedIndex.VersionCursor versions = new EntryVersionCursor();

  HashVersionCursor(HashDirectory directory) {
    this.directory = directory;
    segment = directory.segment(0);
  }

  @Override
  public boolean next() {
    while (!versions.next()) {
      if (segment == null || !nextSlot()) {
        return false;
      }
    }
    return true;
  }

  /** Goes to the next slot that holds something. */
  private boolean nextSlot() {
    while (true) {
      while (++at < segment.capacity()) {
        Object slot = segment.slot(at);
        if (slot instanceof HashEntry entry) {
          versions = new EntryVersionCursor(entry);
          return true;
        }
        if (slot instanceof HashGroup group) {
          versions = group.versions();
          return true;
        }
      }
      hash = HashDirectory.hashAfter(hash, segment);
      if (hash == 0) {
        segment = null;
        return false;
      }
      segment = directory.segment(hash);
      at = -1;
    }
  }

  @Override
  public byte[] key() {
    return versions.key();
  }

  @Override
  public byte[] value() {
    return versions.value();
  }

  @Override
  public long timestamp() {
    return versions.timestamp();
  }
}
