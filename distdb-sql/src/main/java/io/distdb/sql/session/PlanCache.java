// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.sql.activity.NormalizedText;
import io.distdb.sql.parse.Fingerprint;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Statements by fingerprint, or by their text, shared by the sessions of a database, at most so
 * many.
 *
 * <p>Design: a hit is one look-up in a concurrent map and sets a flag when it is not set already,
 * so that hot statements share no written cache line. When the cache is full, a newcomer passes
 * over the oldest entries, giving those that were hit since a second chance, and evicts the first
 * that was not (the CLOCK algorithm). Thread-safe.
 */
final class PlanCache {
  /** The keys: fingerprints, and texts of statements that keep their literals. */
  private final ConcurrentHashMap<Object, CachedStatement> statements = new ConcurrentHashMap<>();

  private final ArrayDeque<Object> arrivals = new ArrayDeque<>();
  private final int statementsMax;

  PlanCache(int statementsMax) {
    this.statementsMax = statementsMax;
  }

  /** The statement, or null. */
  CachedStatement find(Fingerprint fingerprint) {
    return found(fingerprint);
  }

  /** The statement of exactly this text, or null. */
  CachedStatement find(String text) {
    return found(text);
  }

  private CachedStatement found(Object key) {
    CachedStatement found = statements.get(key);
    if (found != null) {
      found.markUsed();
    }
    return found;
  }

  /** Keeps {@code statement}; another session may have been first, then its statement is kept. */
  void add(Fingerprint live, CachedStatement statement) {
    Fingerprint kept = live.copy();
    statement.keyed(NormalizedText.of(kept.toString()));
    keep(kept, statement);
  }

  /** As {@link #add(Fingerprint, CachedStatement)}. */
  void add(String text, CachedStatement statement) {
    statement.keyed(text);
    keep(text, statement);
  }

  private void keep(Object key, CachedStatement statement) {
    synchronized (arrivals) {
      if (statements.putIfAbsent(key, statement) != null) {
        return;
      }
      arrivals.add(key);
      while (statements.size() > statementsMax) {
        Object oldest = arrivals.remove();
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
