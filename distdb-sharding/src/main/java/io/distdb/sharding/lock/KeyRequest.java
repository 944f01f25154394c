// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

/** A key lock that is wanted. */
final class KeyRequest extends Request {
  final LockEntry entry;
  final boolean exclusive;

  /**
   * The owner shares the key already (or a range around it) and wants it alone: goes ahead of those
   * who hold nothing, for they cannot get the key before this owner ends.
   */
  final boolean upgrade;

  /** The next in the entry's queue. */
  KeyRequest next;

  KeyRequest(LockOwner owner, LockEntry entry, boolean exclusive, boolean upgrade) {
    super(owner, entry.space);
    this.exclusive = exclusive;
    this.entry = entry;
    this.upgrade = upgrade;
  }

  /** Whether a lock of the other strength on the same key keeps this one out. */
  boolean conflicts(boolean otherExclusive) {
    return exclusive || otherExclusive;
  }

  @Override
  String describe() {
    return (exclusive ? "EXCLUSIVE on " : "SHARED on ") + LockSpace.describe(space, entry.key);
  }
}
