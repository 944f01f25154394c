// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

/** A key lock that is wanted. */
final class KeyRequest extends Request {
  final LockEntry entry;

  /**
   * The owner shares the key already (or a range around it) and wants it alone: goes ahead of those
   * who hold nothing, for they cannot get the key before this owner ends.
   */
  final boolean upgrade;

  /** The next in the entry's queue. */
  KeyRequest next;

  KeyRequest(LockOwner owner, LockEntry entry, boolean exclusive, boolean upgrade) {
    super(owner, entry.space, exclusive);
    this.entry = entry;
    this.upgrade = upgrade;
  }

  @Override
  String describe() {
    return (exclusive ? "EXCLUSIVE on " : "SHARED on ") + LockSpace.describe(space, entry.key);
  }
}
