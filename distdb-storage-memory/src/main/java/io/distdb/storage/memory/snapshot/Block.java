// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

/** One block as read: checked and decompressed. Reused for later blocks. */
final class Block {
  /** Where it begins, in bytes from the start of the snapshot. */
  long offset;

  byte type;
  byte[] content = new byte[SnapshotFormat.BLOCK_CONTENT_BYTES + (8 << 10)];
  int length;

  /** Only in a salvage: blocks before this one are lost. */
  boolean afterGap;

  /** Only in a salvage: the beginning of an index may be among the lost blocks. */
  boolean afterIndex;

  /** Makes room without keeping what was there. */
  void ensure(int bytes) {
    if (content.length < bytes) {
      content = new byte[bytes];
    }
  }
}
