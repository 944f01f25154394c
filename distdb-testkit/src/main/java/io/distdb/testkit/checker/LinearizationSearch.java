// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Depth-first search for an order of the operations of one object.
 *
 * <p>The list holds calls and returns by time. The search walks it from the start: a call that the
 * model allows is taken out, with its return, and the walk begins anew; a return that is reached
 * means that an operation should have been taken before, so the last choice is undone. A set of
 * (operations taken, state) that was met before is not entered again, which is what makes it fast.
 * Calls without an answer have no return, so they may be taken at any time, or never.
 */
final class LinearizationSearch<S, I, O> {
  private static final int SHOWN_MAX = 8;

  private final SequentialModel<S, I, O> model;
  private final List<Operation<I, O>> operations;
  private final long statesMax;
  private final Entry head = new Entry(-1, true, Long.MIN_VALUE);
  private final BitSet taken = new BitSet();
  private final Deque<Choice<S>> choices = new ArrayDeque<>();
  private final Set<Configuration<S>> met = new HashSet<>();
  private int answeredLeft;
  private int bestDepth = -1;
  private List<Operation<I, O>> blockedAtBest = List.of();

  enum Result {
    FOUND,
    NONE,
    GIVEN_UP
  }

  private record Configuration<S>(BitSet taken, S state) {}

  private record Choice<S>(Entry call, S stateBefore) {}

  /** A call or a return in the list. */
  private static final class Entry {
    private final int operation;
    private final boolean call;
    private final long time;
    private Entry match;
    private Entry previous;
    private Entry next;

    Entry(int operation, boolean call, long time) {
      this.operation = operation;
      this.call = call;
      this.time = time;
    }

    void takeOut() {
      previous.next = next;
      if (next != null) {
        next.previous = previous;
      }
    }

    void putBack() {
      previous.next = this;
      if (next != null) {
        next.previous = this;
      }
    }
  }

  LinearizationSearch(
      SequentialModel<S, I, O> model, List<Operation<I, O>> operations, long statesMax) {
    this.model = model;
    this.operations = operations;
    this.statesMax = statesMax;
    link();
  }

  private void link() {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      Operation<I, O> operation = operations.get(i);
      Entry call = new Entry(i, true, operation.invokedAt());
      entries.add(call);
      if (operation.output().isPresent()) {
        Entry answer = new Entry(i, false, operation.returnedAt());
        call.match = answer;
        entries.add(answer);
        answeredLeft++;
      }
    }
    // Calls before returns of the same moment: such operations count as concurrent.
    entries.sort(
        Comparator.<Entry>comparingLong(entry -> entry.time)
            .thenComparing(entry -> entry.call ? 0 : 1)
            .thenComparingInt(entry -> entry.operation));
    Entry last = head;
    for (Entry entry : entries) {
      last.next = entry;
      entry.previous = last;
      last = entry;
    }
  }

  Result run() {
    S state = model.initial();
    Entry at = head.next;
    while (answeredLeft > 0) {
      if (at.call) {
        Optional<S> next = tryTake(at, state);
        if (next.isPresent()) {
          choices.push(new Choice<>(at, state));
          state = next.get();
          at = head.next;
        } else {
          at = at.next;
        }
      } else {
        noteBlocked(at);
        if (choices.isEmpty()) {
          return Result.NONE;
        }
        Choice<S> undone = choices.pop();
        putBack(undone.call());
        state = undone.stateBefore();
        at = undone.call().next;
      }
      if (met.size() > statesMax) {
        return Result.GIVEN_UP;
      }
    }
    return Result.FOUND;
  }

  private Optional<S> tryTake(Entry call, S state) {
    Operation<I, O> operation = operations.get(call.operation);
    Optional<S> next = model.next(state, operation.input(), operation.output());
    if (next.isEmpty()) {
      return next;
    }
    taken.set(call.operation);
    if (!met.add(new Configuration<>((BitSet) taken.clone(), next.get()))) {
      taken.clear(call.operation);
      return Optional.empty();
    }
    call.takeOut();
    if (call.match != null) {
      call.match.takeOut();
      answeredLeft--;
    }
    return next;
  }

  private void putBack(Entry call) {
    taken.clear(call.operation);
    if (call.match != null) {
      call.match.putBack();
      answeredLeft++;
    }
    call.putBack();
  }

  private void noteBlocked(Entry reached) {
    if (choices.size() <= bestDepth) {
      return;
    }
    bestDepth = choices.size();
    blockedAtBest = new ArrayList<>();
    for (Entry at = head.next; at != reached && blockedAtBest.size() < SHOWN_MAX; at = at.next) {
      blockedAtBest.add(operations.get(at.operation));
    }
  }

  int bestDepth() {
    return Math.max(0, bestDepth);
  }

  List<Operation<I, O>> blockedAtBest() {
    return blockedAtBest;
  }
}
