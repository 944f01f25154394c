// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.sql.activity.LockRow;
import io.distdb.sql.function.AdvisoryKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The advisory locks of one database (PostgreSQL's documentation, 13.3.5). Nothing of them is kept
 * on the disk. In a cluster the sessions are those of all nodes.
 *
 * <p>Design: a session waits for one lock at a time, so that who waits for whom is a graph of
 * sessions, {@link WaitGraph}. An edge appears only when a request begins to wait; that is when a
 * circle is looked for, and who would close it is refused. Thread-safe.
 */
final class AdvisoryLocks {
  /** Held by all sessions together: 30 MB or so. */
  static final int HELD_MAX = 100_000;

  private final Map<AdvisoryKey, AdvisoryLock> locks = new HashMap<>();

  /** Requests in a queue, by their session. */
  private final Map<Integer, AdvisoryRequest> waiting = new HashMap<>();

  private final WaitGraph graph;
  private final Clock clock;
  private int held;

  /**
   * @param graph whose lock guards all of this
   */
  AdvisoryLocks(WaitGraph graph, Clock clock) {
    this.graph = graph;
    this.clock = clock;
  }

  /**
   * @return false: it would have to wait
   * @throws DistDbException {@code OUT_OF_MEMORY}: too many locks are held
   */
  boolean tryLock(AdvisoryRequest request) {
    synchronized (graph) {
      checkRoom();
      boolean granted =
          locks.computeIfAbsent(request.key(), key -> new AdvisoryLock()).tryGrant(request);
      if (granted) {
        held++;
      }
      return granted;
    }
  }

  private void checkRoom() {
    if (held >= HELD_MAX) {
      throw new DistDbException(ErrorCode.OUT_OF_MEMORY, "out of shared memory")
          .withDetail("Sessions of this database hold " + HELD_MAX + " advisory locks.");
    }
  }

  /**
   * Grants the request or, if that has to wait, puts it into the queue: who waits then calls {@link
   * #withdraw} in the end.
   *
   * @return whether it is granted
   * @throws DistDbException {@code DEADLOCK_DETECTED}; as {@link #tryLock}
   */
  boolean lock(AdvisoryRequest request) {
    synchronized (graph) {
      if (tryLock(request)) {
        return true;
      }
      request.waitSince(Math.max(1, clock.wallMicros()));
      locks.get(request.key()).enqueue(request);
      waiting.put(request.processId(), request);
      graph.countAdvisoryWait(1);
      List<Integer> circle = graph.circle(request.processId());
      if (!circle.isEmpty()) {
        DistDbException refusal = graph.refusal(circle);
        withdraw(request);
        throw refusal;
      }
      return false;
    }
  }

  /**
   * The request waits no more.
   *
   * @return false: it is granted
   */
  boolean withdraw(AdvisoryRequest request) {
    synchronized (graph) {
      if (request.isGranted()) {
        return false;
      }
      if (!waiting.remove(request.processId(), request)) {
        return true; // refused, or lost
      }
      graph.countAdvisoryWait(-1);
      AdvisoryLock lock = locks.get(request.key());
      lock.withdraw(request);
      goOn(request.key(), lock);
      return true;
    }
  }

  private void endWait(AdvisoryRequest request) {
    waiting.remove(request.processId());
    graph.countAdvisoryWait(-1);
  }

  /** Gives back what a request was granted. */
  void release(AdvisoryRequest granted) {
    synchronized (graph) {
      AdvisoryLock lock = locks.get(granted.key());
      lock.release(granted.processId(), granted.strength());
      held--;
      goOn(granted.key(), lock);
    }
  }

  /** Nobody holds any more, and whoever waits has lost. */
  void clear() {
    synchronized (graph) {
      graph.countAdvisoryWait(-waiting.size());
      waiting.values().forEach(AdvisoryRequest::lose);
      waiting.clear();
      locks.clear();
      held = 0;
    }
  }

  private void goOn(AdvisoryKey key, AdvisoryLock lock) {
    for (AdvisoryRequest granted : lock.grantNext()) {
      endWait(granted);
      held++;
    }
    if (lock.isFree()) {
      locks.remove(key);
    }
  }

  /** The sessions that this one waits for. Under the graph's lock. */
  Set<Integer> blockers(int processId) {
    AdvisoryRequest request = waiting.get(processId);
    return request == null ? Set.of() : locks.get(request.key()).blockers(request);
  }

  /** What the session waits for, as an error's detail has it; null: for none of these. */
  String wanted(int processId) {
    AdvisoryRequest request = waiting.get(processId);
    return request == null
        ? null
        : AdvisoryRequest.mode(request.strength()) + " on advisory lock [" + request.key() + "]";
  }

  /** All that are held and waited for. */
  List<LockRow> rows(String database) {
    synchronized (graph) {
      return locks.entrySet().stream()
          .flatMap(lock -> lock.getValue().rows(lock.getKey(), database).stream())
          .toList();
    }
  }

  /** Whether the session waits for a lock. */
  boolean isWaiting(int processId) {
    synchronized (graph) {
      return waiting.containsKey(processId);
    }
  }

  /** Held by all sessions together: each at most twice of a strength by one. */
  int held() {
    synchronized (graph) {
      return held;
    }
  }
}
