// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.ReadConfirmation;
import io.distdb.api.error.DistDbException;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Waiter;

/**
 * Somebody who wants to know: what becomes of a command, or whether a read may be. A caller that
 * waits, or one that is called back.
 */
final class Pending {
  final long term;

  /** Null of a read. */
  final Command command;

  /** Where the caller waits; null: it is called back. */
  private final Waiter waiter;

  private final ReadConfirmation then;
  private final CallBacks callBacks;

  /** Where the command is in the log. In the host's turn. */
  LogPosition position;

  /** It waits only until this node has forced it. */
  boolean local;

  private Object result;
  private DistDbException failure;
  private volatile boolean done;

  /** A caller that waits. */
  Pending(long term, Command command, Waiter waiter) {
    this.term = term;
    this.command = command;
    this.waiter = waiter;
    then = null;
    callBacks = null;
  }

  /** A read that nobody waits for. It ends in the host's turn. */
  Pending(long term, ReadConfirmation then, CallBacks callBacks) {
    this.term = term;
    this.then = then;
    this.callBacks = callBacks;
    command = null;
    waiter = null;
  }

  /** Nothing happens if there is an answer already: who asked waits for no other. */
  void succeed(Object value) {
    if (done) {
      return;
    }
    result = value;
    end();
  }

  /** As {@link #succeed}. */
  void fail(DistDbException why) {
    if (done) {
      return;
    }
    failure = why;
    end();
  }

  private void end() {
    done = true;
    if (waiter != null) {
      waiter.signal();
    } else {
      callBacks.add(this);
    }
  }

  /** What was asked for has ended. */
  void callBack() {
    if (failure == null) {
      then.confirmed();
    } else {
      then.refused(failure);
    }
  }

  boolean isDone() {
    return done;
  }

  /** Waits for the end, also when interrupted: the outcome must be known. */
  Object await() {
    while (!done) {
      waiter.awaitUninterruptibly(Waiter.FOREVER);
    }
    if (failure != null) {
      throw failure;
    }
    return result;
  }
}
