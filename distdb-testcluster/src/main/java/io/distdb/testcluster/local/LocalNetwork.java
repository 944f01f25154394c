// SPDX-License-Identifier: MIT
package io.distdb.testcluster.local;

import io.distdb.api.NodeId;
import io.distdb.api.time.Scheduler;
import io.distdb.api.transport.Envelope;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Carries messages between the nodes of this JVM, in the order in which they were sent, over links
 * that can be cut and made slow. A message is looked at twice: what was sent before a link was cut
 * and would have come after it is lost too. Thread-safe.
 */
final class LocalNetwork {
  private record Link(NodeId from, NodeId to) {}

  private final Map<NodeId, LocalTransport> endpoints = new ConcurrentHashMap<>();
  private final Set<Link> cut = ConcurrentHashMap.newKeySet();
  private final Scheduler timers = Scheduler.threads();
  private volatile long delayNanos;

  /**
   * The end of a node that begins a life; that of an earlier one hears nothing any more.
   *
   * @param scheduler of the node, in one of whose threads messages are handed out
   */
  LocalTransport join(NodeId node, Scheduler scheduler) {
    LocalTransport endpoint = new LocalTransport(node, this, scheduler);
    endpoints.put(node, endpoint);
    return endpoint;
  }

  void leave(LocalTransport endpoint) {
    NodeId gone = endpoint.self();
    if (endpoints.remove(gone, endpoint)) {
      endpoints.forEach((node, other) -> {
        if (connects(gone, node)) {
          other.lost(gone);
        }
      });
    }
  }

  /** Cuts every link between the two groups, both ways. */
  void partition(Collection<NodeId> some, Collection<NodeId> others) {
    for (NodeId one : some) {
      for (NodeId other : others) {
        cut.add(new Link(one, other));
        cut.add(new Link(other, one));
      }
    }
  }

  /** How long each message from now on takes; 0: no time at all. */
  void delay(long nanos) {
    delayNanos = nanos;
  }

  /** No link is cut or slow; what is on its way stays late. */
  void heal() {
    cut.clear();
    delayNanos = 0;
  }

  boolean connects(NodeId from, NodeId to) {
    return !cut.contains(new Link(from, to));
  }

  void send(Envelope envelope) {
    if (!connects(envelope.from(), envelope.to())) {
      return;
    }
    long delay = delayNanos;
    if (delay == 0) {
      arrive(envelope);
    } else {
      timers.after(delay, "message to " + envelope.to(), () -> arrive(envelope));
    }
  }

  private void arrive(Envelope envelope) {
    LocalTransport receiver = endpoints.get(envelope.to());
    if (receiver != null && connects(envelope.from(), envelope.to())) {
      receiver.arrived(envelope);
    }
  }
}
