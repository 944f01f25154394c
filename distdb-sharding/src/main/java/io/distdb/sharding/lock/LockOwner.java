// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

import io.distdb.api.Bytes;
import io.distdb.api.txn.LockParty;

/**
 * A transaction as the lock table sees it. All locks go together, at the end (strict two-phase
 * locking), so they are one chain that only grows.
 *
 * <p>Threads: one thread asks for locks; while it waits, others may grant to it. The fields are
 * guarded by the stripe of the request that changes them; whoever holds all stripes may read all.
 */
public final class LockOwner {
  private final LockClient client;
  private final long age;
  private volatile LockParty party;
  private Grant grants;
  private RangeRequest ranges;
  private Request waiting;

  /** Marks of the last search that came by; see {@link DeadlockDetector}. */
  private long searchMark;

  private LockOwner searchParent;

  /**
   * @param age rises with each transaction that begins: of a deadlock, the highest is the victim
   */
  public LockOwner(LockClient client, long age) {
    this(client, age, null);
  }

  /**
   * @param party whose transaction it is, or null
   */
  public LockOwner(LockClient client, long age, LockParty party) {
    this.client = client;
    this.age = age;
    this.party = party;
  }

  /** Whose transaction it is, or null. */
  LockParty party() {
    return party;
  }

  /** It goes on without its party: whom its locks keep waiting does not wait for that. */
  public void leaveParty() {
    party = null;
  }

  public long age() {
    return age;
  }

  /** Whether it holds any lock. Only by the owner's own thread. */
  public boolean holdsAny() {
    return grants != null || ranges != null;
  }

  LockClient client() {
    return client;
  }

  Grant grants() {
    return grants;
  }

  void add(Grant grant) {
    grant.nextOwned = grants;
    grants = grant;
  }

  RangeRequest ranges() {
    return ranges;
  }

  void setRanges(RangeRequest first) {
    ranges = first;
  }

  /** Whether one of its ranges locks {@code key} as wanted. */
  boolean coversKey(long space, Bytes key, boolean exclusive) {
    for (RangeRequest own = ranges; own != null; own = own.nextOwned) {
      if (own.mode.coversKey(exclusive) && own.contains(space, key)) {
        return true;
      }
    }
    return false;
  }

  void forgetAll() {
    grants = null;
    ranges = null;
  }

  /** The request it waits with, or null. */
  Request waiting() {
    return waiting;
  }

  void setWaiting(Request request) {
    waiting = request;
  }

  void wake() {
    client.waiter().signal();
  }

  boolean mark(long search, LockOwner parent) {
    if (searchMark == search) {
      return false;
    }
    searchMark = search;
    searchParent = parent;
    return true;
  }

  LockOwner searchParent() {
    return searchParent;
  }

  @Override
  public String toString() {
    return "transaction " + age;
  }
}
