// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.sharding.lock.LockClient;
import io.distdb.sharding.remote.EndRequest;
import io.distdb.sharding.remote.Ended;
import io.distdb.sharding.remote.TransactionName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Tells the node that leads which transactions of this one are over, so that their locks go: at
 * once, by a message that nobody answers and that may be lost; and again soon, all together, until
 * that node says that it has heard. Nobody waits for it.
 */
final class EndKeeper {
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** The locks are gone with their lease by then, see {@link TransactionServer}. */
  private static final long GIVEN_UP_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** Numbers that one request holds at most. */
  private static final int NUMBERS_MAX = 4096;

  private record Told(NodeId leader, long sinceNanos) {}

  private final TransactionContext context;
  private final Gateway gateway;
  private final long life;
  private final ConcurrentHashMap<Long, Told> unanswered = new ConcurrentHashMap<>();
  private Scheduler.Timer timer;

  /** A thread tells again. */
  private boolean telling;

  private boolean closed;

  EndKeeper(TransactionContext context, Gateway gateway, long life) {
    this.context = context;
    this.gateway = gateway;
    this.life = life;
  }

  /** The transaction of that name, of this node, has no use for its locks any more. */
  void end(NodeId leader, TransactionName name) {
    unanswered.put(name.number(), new Told(leader, context.clock.nanoTime()));
    gateway.calls().tell(leader, Services.END, new EndRequest(name, EndRequest.WHOLE).encode());
    tellLater();
  }

  private synchronized void tellLater() {
    if (timer == null && !telling && !closed) {
      timer = context.scheduler.after(AGAIN_NANOS, "distdb-ends", this::due);
    }
  }

  private void due() {
    synchronized (this) {
      timer = null;
      if (closed || telling) {
        return;
      }
      telling = true;
    }
    context.scheduler.startLight("distdb-ends", this::tellAgain);
  }

  private void tellAgain() {
    try {
      byLeader()
          .forEach((leader, numbers) -> {
            for (int from = 0; from < numbers.size(); from += NUMBERS_MAX) {
              tell(leader, numbers.subList(from, Math.min(numbers.size(), from + NUMBERS_MAX)));
            }
          });
    } finally {
      synchronized (this) {
        telling = false;
      }
      if (!unanswered.isEmpty()) {
        tellLater();
      }
    }
  }

  /** Where another node leads by now, locks have ended with the leadership. */
  private Map<NodeId, List<Long>> byLeader() {
    NodeId present = gateway.leader().orElse(null);
    long since = context.clock.nanoTime() - GIVEN_UP_NANOS;
    Map<NodeId, List<Long>> all = new HashMap<>();
    unanswered.forEach((number, told) -> {
      if (told.sinceNanos - since < 0 || present != null && !present.equals(told.leader)) {
        unanswered.remove(number);
      } else {
        all.computeIfAbsent(told.leader, leader -> new ArrayList<>()).add(number);
      }
    });
    return all;
  }

  private void tell(NodeId leader, List<Long> numbers) {
    LockClient asker = context.asker();
    try {
      gateway
          .calls()
          .call(
              leader,
              Services.ENDED,
              new Ended(life, numbers).encode(),
              GIVEN_UP_NANOS,
              gateway.whileLeading(leader, asker, ErrorCode.CANNOT_CONNECT_NOW));
      numbers.forEach(unanswered::remove);
    } catch (DistDbException unheard) {
      // Said again, as long as that node leads.
    }
  }

  synchronized void close() {
    closed = true;
    if (timer != null) {
      timer.cancel();
    }
  }
}
