// SPDX-License-Identifier: MIT
package io.distdb.api.transport;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import java.util.concurrent.ConcurrentHashMap;

/** A node that is alone asks nobody but itself. */
final class CallsToSelf implements Calls {
  private final NodeId self;
  private final Scheduler scheduler;
  private final ConcurrentHashMap<String, Handler> handlers = new ConcurrentHashMap<>();
  private volatile boolean closed;

  CallsToSelf(NodeId self, Scheduler scheduler) {
    this.self = self;
    this.scheduler = scheduler;
  }

  @Override
  public void serve(String service, Handler handler) {
    if (handlers.putIfAbsent(service, handler) != null) {
      throw new IllegalStateException("somebody serves " + service + " already");
    }
  }

  @Override
  public Bytes call(
      NodeId to, String service, Bytes request, long timeoutNanos, Patience patience) {
    patience.checkWait();
    return handler(to, service).answer(self, request);
  }

  @Override
  public void tell(NodeId to, String service, Bytes message) {
    if (to.equals(self) && !closed) {
      scheduler.startLight(
          "distdb-call " + service, () -> handler(to, service).answer(self, message));
    }
  }

  private Handler handler(NodeId to, String service) {
    if (!to.equals(self)) {
      throw new DistDbException(
          ErrorCode.CANNOT_CONNECT_NOW, "node " + self + " is alone and does not know node " + to);
    }
    Handler handler = handlers.get(service);
    if (handler == null || closed) {
      throw new DistDbException(
          ErrorCode.CANNOT_CONNECT_NOW, "node " + self + " does not serve " + service + " now");
    }
    return handler;
  }

  @Override
  public int tellBytesMax() {
    return Integer.MAX_VALUE;
  }

  /** Nobody has known another. */
  @Override
  public long life() {
    return 1;
  }

  @Override
  public void close() {
    closed = true;
  }
}
