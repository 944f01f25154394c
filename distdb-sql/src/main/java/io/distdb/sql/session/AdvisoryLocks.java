// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.LockStrength;
import io.distdb.sql.function.AdvisoryKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The advisory locks of one database (PostgreSQL's documentation, 13.3.5). Nothing of them is kept
 * on the disk.
 *
 * <p>Design: a session waits for one lock at a time, so that who waits for whom is a graph of
 * sessions. An edge appears only when a request begins to wait; that is when a cycle is looked for,
 * and who would close it is refused. Locks of rows are another graph, so that a cycle through both
 * is not found. Thread-safe.
 */
final class AdvisoryLocks {
  /** Held by all sessions together: 30 MB or so. */
  static final int HELD_MAX = 100_000;

  private final Map<AdvisoryKey, AdvisoryLock> locks = new HashMap<>();

  /** Requests in a queue, by their session. */
  private final Map<Integer, AdvisoryRequest> waiting = new HashMap<>();

  private int held;

  /**
   * @return false: it would have to wait
   * @throws DistDbException {@code OUT_OF_MEMORY}: too many locks are held
   */
  synchronized boolean tryLock(AdvisoryRequest request) {
    checkRoom();
    boolean granted =
        locks.computeIfAbsent(request.key(), key -> new AdvisoryLock()).tryGrant(request);
    if (granted) {
      held++;
    }
    return granted;
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
  synchronized boolean lock(AdvisoryRequest request) {
    if (tryLock(request)) {
      return true;
    }
    locks.get(request.key()).enqueue(request);
    waiting.put(request.processId(), request);
    List<AdvisoryRequest> cycle = cycle(request);
    if (!cycle.isEmpty()) {
      withdraw(request);
      throw new DistDbException(ErrorCode.DEADLOCK_DETECTED, "deadlock detected")
          .withDetail(text(cycle));
    }
    return false;
  }

  /**
   * The request waits no more.
   *
   * @return false: it is granted
   */
  synchronized boolean withdraw(AdvisoryRequest request) {
    if (request.isGranted()) {
      return false;
    }
    waiting.remove(request.processId());
    AdvisoryLock lock = locks.get(request.key());
    lock.withdraw(request);
    goOn(request.key(), lock);
    return true;
  }

  /** Gives back what a request of the session was granted. */
  synchronized void release(int processId, AdvisoryKey key, LockStrength strength) {
    AdvisoryLock lock = locks.get(key);
    lock.release(processId, strength);
    held--;
    goOn(key, lock);
  }

  private void goOn(AdvisoryKey key, AdvisoryLock lock) {
    for (AdvisoryRequest granted : lock.grantNext()) {
      waiting.remove(granted.processId());
      held++;
    }
    if (lock.isFree()) {
      locks.remove(key);
    }
  }

  /** Requests each of which waits for the next one's session, the last for the first's; or none. */
  private List<AdvisoryRequest> cycle(AdvisoryRequest start) {
    Map<AdvisoryRequest, AdvisoryRequest> cameFrom = new HashMap<>();
    Deque<AdvisoryRequest> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      AdvisoryRequest request = open.poll();
      for (int blocker : locks.get(request.key()).blockers(request)) {
        AdvisoryRequest next = waiting.get(blocker);
        if (next == start) {
          return path(cameFrom, request);
        }
        if (next != null && cameFrom.putIfAbsent(next, request) == null) {
          open.add(next);
        }
      }
    }
    return List.of();
  }

  private static List<AdvisoryRequest> path(
      Map<AdvisoryRequest, AdvisoryRequest> cameFrom, AdvisoryRequest last) {
    List<AdvisoryRequest> path = new ArrayList<>();
    for (AdvisoryRequest step = last; step != null; step = cameFrom.get(step)) {
      path.addFirst(step);
    }
    return path;
  }

  private static String text(List<AdvisoryRequest> cycle) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < cycle.size(); i++) {
      AdvisoryRequest request = cycle.get(i);
      lines.add(
          "Process %d waits for %s on advisory lock [%s]; blocked by process %d."
              .formatted(
                  request.processId(),
                  AdvisoryRequest.mode(request.strength()),
                  request.key(),
                  cycle.get((i + 1) % cycle.size()).processId()));
    }
    return String.join("\n", lines);
  }

  /** Whether the session waits for a lock. */
  synchronized boolean isWaiting(int processId) {
    return waiting.containsKey(processId);
  }

  /** Held by all sessions together: each at most twice of a strength by one. */
  synchronized int held() {
    return held;
  }
}
