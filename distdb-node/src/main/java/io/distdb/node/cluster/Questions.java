// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.transport.Calls;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Asks several nodes at a time, since those that are gone cost their whole time; nobody is asked
 * any more once this is closed.
 */
final class Questions implements AutoCloseable {
  private final Scheduler scheduler;
  private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Questions(Scheduler scheduler) {
    this.scheduler = scheduler;
  }

  /** What one node says; empty, or refused: nothing. */
  interface Question<T> {
    Optional<T> ask(NodeId node, Calls.Patience patience);
  }

  /** The answers of those that gave one. Waits for all. */
  <T> Map<NodeId, T> ask(Collection<NodeId> nodes, Question<T> question) {
    Map<NodeId, T> answers = new ConcurrentHashMap<>();
    List<Scheduler.Task> asking = new ArrayList<>();
    for (NodeId node : nodes) {
      asking.add(scheduler.startLight("distdb-ask " + node, () -> ask(node, question, answers)));
    }
    asking.forEach(Scheduler.Task::join);
    return new TreeMap<>(answers);
  }

  private <T> void ask(NodeId node, Question<T> question, Map<NodeId, T> answers) {
    Waiter waiter = scheduler.newWaiter();
    waiting.add(waiter);
    try {
      question.ask(node, patience(waiter)).ifPresent(answer -> answers.put(node, answer));
    } catch (DistDbException silent) {
      // Who does not answer is not among the answers.
    } finally {
      waiting.remove(waiter);
    }
  }

  private Calls.Patience patience(Waiter waiter) {
    return new Calls.Patience() {
      @Override
      public Waiter waiter() {
        return waiter;
      }

      @Override
      public void checkWait() {
        if (closed) {
          throw new DistDbException(ErrorCode.SHUTTING_DOWN, "the node closes");
        }
      }
    };
  }

  @Override
  public void close() {
    closed = true;
    waiting.forEach(Waiter::signal);
  }
}
