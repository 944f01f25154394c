// SPDX-License-Identifier: MIT
package io.distdb.raft.solo;

import io.distdb.api.error.Invariant;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.raft.solo.Proposal.Turn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Proposals that were appended and not yet taken to be applied, in log order. Not thread-safe. */
final class ProposalQueue {
  private final ArrayDeque<Proposal> pending = new ArrayDeque<>();
  private long appendedEnd;
  private long forcedEnd;

  void appended(Proposal proposal) {
    appendedEnd = proposal.end;
    pending.add(proposal);
  }

  long appendedEnd() {
    return appendedEnd;
  }

  void forced(long end) {
    forcedEnd = end;
  }

  boolean isEmpty() {
    return pending.isEmpty();
  }

  /** The next to be applied, or null. */
  Proposal firstForced() {
    Proposal first = pending.peek();
    return first != null && first.end <= forcedEnd ? first : null;
  }

  /** Gives the role of forcing to one that is not forced; whom to wake, or null: all are. */
  Waiter appointForcer() {
    if (forcedEnd == appendedEnd) {
      return null;
    }
    for (Proposal proposal : pending) {
      if (proposal.end > forcedEnd) {
        proposal.turn = Turn.FORCE;
        return proposal.waiter;
      }
    }
    throw Invariant.unreachable("something that was appended is not pending");
  }

  /** Gives the role of applying to the next to be applied; whom to wake, or null: there is none. */
  Waiter appointApplier() {
    Proposal next = firstForced();
    if (next == null) {
      return null;
    }
    next.turn = Turn.APPLY;
    return next.waiter;
  }

  /** Takes what is to be applied. */
  List<Proposal> takeForced() {
    List<Proposal> taken = new ArrayList<>(pending.size());
    while (firstForced() != null) {
      taken.add(pending.remove());
    }
    return taken;
  }

  List<Proposal> takeUnforced() {
    List<Proposal> taken = new ArrayList<>();
    while (!pending.isEmpty() && pending.peekLast().end > forcedEnd) {
      taken.add(pending.removeLast());
    }
    return taken;
  }

  /** Takes everything; each has something to wait for then. */
  List<Proposal> takeAll(Scheduler scheduler) {
    List<Proposal> taken = new ArrayList<>(pending);
    pending.clear();
    for (Proposal proposal : taken) {
      // One of them may be forcing, and had nothing to wait for until now.
      if (proposal.waiter == null) {
        proposal.waiter = scheduler.newWaiter();
      }
    }
    return taken;
  }

  /** Puts back what was taken to be applied and was not. */
  void giveBack(List<Proposal> refused) {
    for (int i = refused.size() - 1; i >= 0; i--) {
      pending.addFirst(refused.get(i));
    }
  }

  void removeFirst() {
    pending.removeFirst();
  }

  /** Those that are forced and whose threads wait still; they stay here, to be applied. */
  List<Proposal> abandonForced(Throwable cause) {
    List<Proposal> abandoned = new ArrayList<>();
    for (Proposal proposal : pending) {
      if (proposal.end > forcedEnd) {
        break;
      }
      if (proposal.abandoned == null) {
        proposal.abandoned = cause;
        abandoned.add(proposal);
      }
    }
    return abandoned;
  }
}
