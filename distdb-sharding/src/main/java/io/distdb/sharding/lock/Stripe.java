// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

import io.distdb.api.Bytes;
import java.util.concurrent.locks.ReentrantLock;

/** A part of the lock table with its own JDK lock: a chained hash table of entries. */
final class Stripe {
  private static final int BUCKETS_MIN = 16;
  private static final int SPARE_MAX = 8;

  final ReentrantLock guard = new ReentrantLock();
  private LockEntry[] buckets = new LockEntry[BUCKETS_MIN];
  private int size;

  /** Idle entries, at most {@link #SPARE_MAX}: most locks need no new one. */
  private LockEntry spares;

  private int spareCount;

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
    LockEntry entry = spareOrNew(space, key, hash);
    int bucket = bucket(hash);
    entry.nextInBucket = buckets[bucket];
    buckets[bucket] = entry;
    size++;
    return entry;
  }

  private LockEntry spareOrNew(long space, Bytes key, int hash) {
    LockEntry entry = spares;
    if (entry == null) {
      return new LockEntry(space, key, hash);
    }
    spares = entry.nextInBucket;
    spareCount--;
    entry.reuse(space, key, hash);
    return entry;
  }

  /** Keeps an entry that is in no bucket and that nobody knows, without its key. */
  private void spare(LockEntry entry) {
    if (spareCount < SPARE_MAX && entry.isReusable()) {
      entry.reuse(entry.space, Bytes.EMPTY, entry.hash);
      entry.nextInBucket = spares;
      spares = entry;
      spareCount++;
    }
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
    spare(entry);
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
