// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.consensus.Command;
import io.distdb.api.error.DistDbException;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Waiter;

/** A caller that waits: for what becomes of a command, or for leave to read. */
final class Pending {
  final long term;

  /** Null of a read. */
  final Command command;

  private final Waiter waiter;

  /** Where the command is in the log. In the host's turn. */
  LogPosition position;

  /** It waits only until this node has forced it. */
  boolean local;

  private Object result;
  private DistDbException failure;
  private volatile boolean done;

  Pending(long term, Command command, Waiter waiter) {
    this.term = term;
    this.command = command;
    this.waiter = waiter;
  }

  /** Nothing happens if there is an answer already: who asked waits for no other. */
  void succeed(Object value) {
    if (done) {
      return;
    }
    result = value;
    done = true;
    waiter.signal();
  }

  /** As {@link #succeed}. */
  void fail(DistDbException why) {
    if (done) {
      return;
    }
    failure = why;
    done = true;
    waiter.signal();
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
