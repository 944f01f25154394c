// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

/** A key lock that is held. In two chains: the entry's holders, and the owner's locks. */
final class Grant {
  final LockOwner owner;
  final LockEntry entry;
  boolean exclusive;
  Grant nextHolder;
  Grant nextOwned;

  Grant(LockOwner owner, LockEntry entry, boolean exclusive) {
    this.owner = owner;
    this.entry = entry;
    this.exclusive = exclusive;
  }
}
