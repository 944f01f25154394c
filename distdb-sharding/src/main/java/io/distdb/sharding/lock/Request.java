// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

/** A lock that is wanted. Guarded like the entry or range it is for, except {@link #state}. */
abstract sealed class Request permits KeyRequest, RangeRequest {
  /** What became of a request; read by the waiting thread without a lock. */
  enum State {
    WAITING,
    GRANTED,
    /** Chosen to break a deadlock. */
    VICTIM
  }

  /** Ticket of a request that does not queue (yet): it came after all that do. */
  static final long NOT_QUEUED = Long.MAX_VALUE;

  final LockOwner owner;
  final long space;

  /** Order of arrival among those that wait. */
  long ticket = NOT_QUEUED;

  /**
   * When it began to wait, by the wall clock since 1970; not 0. Written before it is in a queue.
   */
  long sinceMicros;

  volatile State state = State.WAITING;

  /** Why a victim is one. Written before {@link #state}. */
  String verdict;

  Request(LockOwner owner, long space) {
    this.owner = owner;
    this.space = space;
  }

  /** For messages: strength and object. */
  abstract String describe();
}
