// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.time.Waiter;
import io.distdb.api.txn.LockStrength;
import io.distdb.sql.function.AdvisoryKey;

/**
 * One session's wish for an advisory lock. Granted once, under the lock of {@link AdvisoryLocks}.
 */
final class AdvisoryRequest {
  private final int processId;
  private final AdvisoryKey key;
  private final LockStrength strength;
  private final Waiter waiter;
  private volatile boolean granted;
  private volatile boolean lost;
  private long sinceMicros;

  /**
   * @param processId the session's
   * @param waiter where it waits
   */
  AdvisoryRequest(int processId, AdvisoryKey key, LockStrength strength, Waiter waiter) {
    this.processId = processId;
    this.key = key;
    this.strength = strength;
    this.waiter = waiter;
  }

  /** One of a session here, which waits where it always does. */
  static AdvisoryRequest of(LocalSession session, AdvisoryKey key, LockStrength strength) {
    return new AdvisoryRequest(session.processId(), key, strength, session.actions().waiter());
  }

  Waiter waiter() {
    return waiter;
  }

  int processId() {
    return processId;
  }

  AdvisoryKey key() {
    return key;
  }

  LockStrength strength() {
    return strength;
  }

  /** When it began to wait, by the wall clock since 1970. */
  long sinceMicros() {
    return sinceMicros;
  }

  void waitSince(long micros) {
    sinceMicros = micros;
  }

  boolean conflictsWith(LockStrength other) {
    return strength == LockStrength.EXCLUSIVE || other == LockStrength.EXCLUSIVE;
  }

  /** Any thread. */
  boolean isGranted() {
    return granted;
  }

  /** Whether it will never be granted. Any thread. */
  boolean isLost() {
    return lost;
  }

  void lose() {
    lost = true;
    waiter.signal();
  }

  void grant() {
    granted = true;
    waiter.signal();
  }

  /** PostgreSQL's name of a strength. */
  static String mode(LockStrength strength) {
    return strength == LockStrength.SHARED ? "ShareLock" : "ExclusiveLock";
  }
}
