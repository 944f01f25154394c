// SPDX-License-Identifier: MIT
package io.distdb.sharding.lock;

import io.distdb.api.txn.LockParty;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Finds cycles in the waits-for graph, whose nodes are owners and whose edges are {@link Blockers}
 * of the one request an owner can wait with. A search starts from the owner that began to wait: the
 * last edge of a cycle is always one of its own. Breadth first, so that the cycle found is a
 * shortest one and the stack stays flat. Source: Gray and Reuter, "Transaction Processing", section
 * 8.5. Runs under all stripes.
 */
final class DeadlockDetector {
  private final Stripe[] stripes;
  private long searches;

  DeadlockDetector(Stripe[] stripes) {
    this.stripes = stripes;
  }

  /** The owners of a cycle through {@code start}, each waiting for the next; empty: none. */
  List<LockOwner> cycle(LockOwner start, RangeRequest[] ranges) {
    long search = ++searches;
    ArrayDeque<LockOwner> frontier = new ArrayDeque<>();
    start.mark(search, null);
    frontier.add(start);
    while (!frontier.isEmpty()) {
      LockOwner from = frontier.remove();
      boolean closed =
          visitBlockers(
              from.waiting(),
              ranges,
              blocker -> {
                if (blocker == start) {
                  return true;
                }
                if (blocker.waiting() != null && blocker.mark(search, from)) {
                  frontier.add(blocker);
                }
                return false;
              });
      if (closed) {
        return path(from);
      }
    }
    return List.of();
  }

  /**
   * Tells of the parties that {@code request} waits for, and of those that stand behind owners
   * without a party.
   */
  void visitParties(Request request, RangeRequest[] ranges, Consumer<LockParty> visitor) {
    Set<LockOwner> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Request> open = new ArrayDeque<>(List.of(request));
    while (!open.isEmpty()) {
      visitBlockers(
          open.remove(),
          ranges,
          blocker -> {
            LockParty party = blocker.party();
            if (party != null) {
              visitor.accept(party);
            } else if (blocker.waiting() != null && seen.add(blocker)) {
              open.add(blocker.waiting());
            }
            return false;
          });
    }
  }

  private boolean visitBlockers(Request request, RangeRequest[] ranges, Blockers.Visitor visitor) {
    return switch (request) {
      case KeyRequest key -> Blockers.visit(key, ranges, visitor);
      case RangeRequest range -> Blockers.visit(range, stripes, ranges, visitor);
    };
  }

  private static List<LockOwner> path(LockOwner last) {
    List<LockOwner> path = new ArrayList<>();
    for (LockOwner at = last; at != null; at = at.searchParent()) {
      path.addFirst(at);
    }
    return path;
  }

  /** The one that began last: it has the least to lose. */
  static LockOwner youngest(List<LockOwner> cycle) {
    LockOwner youngest = cycle.getFirst();
    for (LockOwner owner : cycle) {
      if (owner.age() > youngest.age()) {
        youngest = owner;
      }
    }
    return youngest;
  }

  /** "transaction 7 waits for transaction 5 (EXCLUSIVE on …), which waits for …". */
  static String describe(List<LockOwner> cycle, LockOwner first) {
    int start = cycle.indexOf(first);
    StringBuilder text = new StringBuilder("deadlock detected: ").append(first);
    for (int i = 0; i < cycle.size(); i++) {
      LockOwner waiting = cycle.get((start + i) % cycle.size());
      LockOwner blocker = cycle.get((start + i + 1) % cycle.size());
      text.append(i == 0 ? " waits for " : ", which waits for ")
          .append(blocker)
          .append(" (")
          .append(waiting.waiting().describe())
          .append(')');
    }
    return text.toString();
  }
}
