// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.sql.parse.Fingerprint;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Statements by fingerprint, shared by the sessions of a database, at most so many.
 *
 * <p>Design: a hit is one look-up in a concurrent map and sets a flag when it is not set already,
 * so that hot statements share no written cache line. When the cache is full, a newcomer passes
 * over the oldest entries, giving those that were hit since a second chance, and evicts the first
 * that was not (the CLOCK algorithm). Thread-safe.
 */
final class PlanCache {
  private final ConcurrentHashMap<Fingerprint, CachedStatement> statements =
      new ConcurrentHashMap<>();
  private final ArrayDeque<Fingerprint> arrivals = new ArrayDeque<>();
  private final int statementsMax;

  PlanCache(int statementsMax) {
    this.statementsMax = statementsMax;
  }

  /** The statement, or null. */
  CachedStatement find(Fingerprint fingerprint) {
    CachedStatement found = statements.get(fingerprint);
    if (found != null) {
      found.markUsed();
    }
    return found;
  }

  /** Keeps {@code statement}; another session may have been first, then its statement is kept. */
  void add(Fingerprint live, CachedStatement statement) {
    Fingerprint key = live.copy();
    synchronized (arrivals) {
      if (statements.putIfAbsent(key, statement) != null) {
        return;
      }
      arrivals.add(key);
      while (statements.size() > statementsMax) {
        Fingerprint oldest = arrivals.remove();
        CachedStatement candidate = statements.get(oldest);
        if (candidate != null && candidate.takeUsed() && arrivals.size() > 1) {
          arrivals.add(oldest);
        } else {
          statements.remove(oldest);
        }
      }
    }
  }

  int size() {
    return statements.size();
  }
}
