// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

import io.distdb.api.Bytes;
import java.util.concurrent.locks.ReentrantLock;

/** A part of the lock table with its own JDK lock: a chained hash table of entries. */
final class Stripe {
  private static final int BUCKETS_MIN = 16;

  final ReentrantLock guard = new ReentrantLock();
  private LockEntry[] buckets = new LockEntry[BUCKETS_MIN];
  private int size;

  LockEntry find(long space, Bytes key, int hash) {
    LockEntry entry = buckets[bucket(hash)];
    while (entry != null && !entry.is(space, key, hash)) {
      entry = entry.nextInBucket;
    }
    return entry;
  }

  /** Adds an entry that {@link #find} does not find. */
  LockEntry add(long space, Bytes key, int hash) {
    if (size >= buckets.length) {
      resize(buckets.length * 2);
    }
    LockEntry entry = new LockEntry(space, key, hash);
    int bucket = bucket(hash);
    entry.nextInBucket = buckets[bucket];
    buckets[bucket] = entry;
    size++;
    return entry;
  }

  /** Forgets an idle entry, and shrinks after a large transaction has gone. */
  void remove(LockEntry entry) {
    int bucket = bucket(entry.hash);
    LockEntry at = buckets[bucket];
    if (at == entry) {
      buckets[bucket] = entry.nextInBucket;
    } else {
      while (at.nextInBucket != entry) {
        at = at.nextInBucket;
      }
      at.nextInBucket = entry.nextInBucket;
    }
    size--;
    if (size * 8 < buckets.length && buckets.length > BUCKETS_MIN) {
      resize(buckets.length / 2);
    }
  }

  int size() {
    return size;
  }

  /** Heads of the chains, for walks under the guard. */
  LockEntry[] buckets() {
    return buckets;
  }

  private int bucket(int hash) {
    // The low bits have chosen the stripe.
    return hash >>> LockTable.STRIPE_BITS & buckets.length - 1;
  }

  private void resize(int length) {
    LockEntry[] old = buckets;
    buckets = new LockEntry[length];
    for (LockEntry head : old) {
      for (LockEntry entry = head; entry != null; ) {
        LockEntry next = entry.nextInBucket;
        int bucket = bucket(entry.hash);
        entry.nextInBucket = buckets[bucket];
        buckets[bucket] = entry;
        entry = next;
      }
    }
  }
}
