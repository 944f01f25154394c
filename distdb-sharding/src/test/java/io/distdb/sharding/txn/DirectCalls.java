// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.transport.Calls;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Calls between nodes of one process: each runs in a thread of its own, or in that of who calls;
 * none gets lost; of what is told, whatever a test {@link CallFaults keeps back}.
 */
final class DirectCalls implements Calls {
  private final NodeId self;
  private final Scheduler scheduler;
  private final Map<NodeId, DirectCalls> nodes;
  private final boolean together;
  private final CallFaults faults;
  private final Map<String, Handler> services = new ConcurrentHashMap<>();

  DirectCalls(
      NodeId self,
      Scheduler scheduler,
      Map<NodeId, DirectCalls> nodes,
      boolean together,
      CallFaults faults) {
    this.faults = faults;
    this.together = together;
    this.self = self;
    this.scheduler = scheduler;
    this.nodes = nodes;
    nodes.put(self, this);
  }

  @Override
  public void serve(String service, Handler handler) {
    services.put(service, handler);
  }

  @Override
  public Bytes call(
      NodeId to, String service, Bytes request, long timeoutNanos, Patience patience) {
    if (together) {
      return nodes.get(to).services.get(service).answer(self, request);
    }
    Waiter waiter = patience.waiter();
    AtomicReference<Object> result = new AtomicReference<>();
    scheduler.start(
        service,
        () -> {
          try {
            result.set(nodes.get(to).services.get(service).answer(self, request));
          } catch (DistDbException refused) {
            result.set(refused);
          }
          waiter.signal();
        });
    while (result.get() == null) {
      patience.checkWait();
      if (!waiter.await(timeoutNanos) && result.get() == null) {
        throw new DistDbException(
            ErrorCode.COMMIT_OUTCOME_UNKNOWN, to + " does not answer " + service);
      }
    }
    if (result.get() instanceof DistDbException refused) {
      throw refused;
    }
    return (Bytes) result.get();
  }

  @Override
  public void tell(NodeId to, String service, Bytes message) {
    Runnable hear = () -> nodes.get(to).services.get(service).answer(self, message);
    if (!faults.keepBack(service, hear)) {
      scheduler.start(service, hear);
    }
  }

  @Override
  public int tellBytesMax() {
    return 1 << 20;
  }

  @Override
  public long life() {
    return 1;
  }

  @Override
  public void close() {
    services.clear();
  }
}
