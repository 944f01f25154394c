// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

/** A key lock that is held. In two chains: the entry's holders, and the owner's locks. */
final class Grant {
  final LockEntry entry;
  LockOwner owner;
  boolean exclusive;
  Grant nextHolder;
  Grant nextOwned;

  Grant(LockEntry entry) {
    this.entry = entry;
  }
}
