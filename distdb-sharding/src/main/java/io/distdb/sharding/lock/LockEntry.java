// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

import io.distdb.api.Bytes;

/** One locked or wanted key: its holders and its queue. Guarded by its stripe. */
final class LockEntry {
  long space;
  Bytes key;
  int hash;

  /** Next in the stripe's bucket. */
  LockEntry nextInBucket;

  Grant holders;

  /** A grant that was let go, for the next holder. */
  private Grant spare;

  /** Somebody waited here in this life: a request may know it still. */
  private boolean queuedFor;

  /**
   * First of the queue. Volatile, so that of two owners who begin to wait for each other at once at
   * least one sees the other (see {@link LockTable}).
   */
  volatile KeyRequest queue;

  LockEntry(long space, Bytes key, int hash) {
    this.space = space;
    this.key = key;
    this.hash = hash;
  }

  boolean is(long otherSpace, Bytes otherKey, int otherHash) {
    return hash == otherHash && space == otherSpace && key.equals(otherKey);
  }

  boolean idle() {
    return holders == null && queue == null;
  }

  Grant grantOf(LockOwner owner) {
    for (Grant grant = holders; grant != null; grant = grant.nextHolder) {
      if (grant.owner == owner) {
        return grant;
      }
    }
    return null;
  }

  /** Holds an exclusive lock? It is then the only one. */
  boolean heldExclusively() {
    return holders != null && holders.exclusive;
  }

  /** Gives the lock to {@code owner}, or strengthens the one it has. */
  void grant(LockOwner owner, boolean exclusive) {
    Grant grant = grantOf(owner);
    if (grant != null) {
      grant.exclusive |= exclusive;
      return;
    }
    grant = spare == null ? new Grant(this) : spare;
    spare = null;
    grant.owner = owner;
    grant.exclusive = exclusive;
    grant.nextHolder = holders;
    holders = grant;
    owner.add(grant);
  }

  /** Takes a grant away, which its owner must not look at any more. */
  void remove(Grant grant) {
    if (holders == grant) {
      holders = grant.nextHolder;
    } else {
      Grant before = holders;
      while (before.nextHolder != grant) {
        before = before.nextHolder;
      }
      before.nextHolder = grant.nextHolder;
    }
    grant.owner = null;
    grant.nextHolder = null;
    grant.nextOwned = null;
    spare = grant;
  }

  /** Whether it may serve another key once it is idle. */
  boolean isReusable() {
    return !queuedFor;
  }

  /** Becomes the entry of another key. */
  void reuse(long newSpace, Bytes newKey, int newHash) {
    space = newSpace;
    key = newKey;
    hash = newHash;
  }

  /** Puts a request at the end, or, an upgrade, behind the upgrades at the head. */
  void enqueue(KeyRequest request) {
    queuedFor = true;
    KeyRequest before = null;
    KeyRequest at = queue;
    while (at != null && (!request.upgrade || at.upgrade)) {
      before = at;
      at = at.next;
    }
    request.next = at;
    if (before == null) {
      queue = request;
    } else {
      before.next = request;
    }
  }

  /** Takes a request out; nothing happens when it is not in the queue. */
  void dequeue(KeyRequest request) {
    KeyRequest before = null;
    for (KeyRequest at = queue; at != null; before = at, at = at.next) {
      if (at == request) {
        if (before == null) {
          queue = at.next;
        } else {
          before.next = at.next;
        }
        return;
      }
    }
  }
}
