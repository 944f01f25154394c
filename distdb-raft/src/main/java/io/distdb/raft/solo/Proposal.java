// SPDX-License-Identifier: MIT
package io.distdb.raft.solo;

import io.distdb.api.consensus.Command;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Waiter;
import java.util.List;

/** One command on its way. Its waiter is set before anyone may signal it. */
final class Proposal {
  /** What its thread is to do next. */
  enum Turn {
    WAIT,
    FORCE,
    APPLY,
    DONE,
    FAILED
  }

  final Command command;
  LogPosition position;

  /** The journal's end behind it. */
  long end;

  Object result;
  Waiter waiter;

  /** Why its thread was sent away though it is in the log and is yet to be applied, or null. */
  Throwable abandoned;

  volatile Turn turn = Turn.WAIT;

  Proposal(Command command) {
    this.command = command;
  }

  /** Tells those that wait, all but {@code mine}, who needs no waking. */
  static void end(List<Proposal> proposals, Turn turn, Proposal mine) {
    for (Proposal proposal : proposals) {
      proposal.turn = turn;
      if (proposal != mine) {
        proposal.waiter.signal();
      }
    }
  }
}
