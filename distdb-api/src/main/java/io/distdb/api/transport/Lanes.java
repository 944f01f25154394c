// SPDX-License-Identifier: MIT
package io.distdb.api.transport;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;

/**
 * Shares a transport among those who each use some of its lanes: the consensus groups, and {@link
 * Calls}. What comes on a lane that nobody listens to yet, or any more, is lost.
 */
public final class Lanes {
  private final Transport whole;

  /** Messages are handed out under the read lock, so that closing waits for those under way. */
  private final ReentrantReadWriteLock handing = new ReentrantReadWriteLock();

  private final Map<Envelope.Lane, View> taken = new EnumMap<>(Envelope.Lane.class);
  private boolean started;

  /**
   * @param whole not started; started by the first who starts its part, closed by whoever made it
   */
  public Lanes(Transport whole) {
    this.whole = Objects.requireNonNull(whole, "whole");
    whole.whenLost(this::lost);
  }

  /**
   * The transport's part that consists of these lanes.
   *
   * @throws IllegalStateException one of them is somebody else's
   */
  public Transport take(Envelope.Lane first, Envelope.Lane... more) {
    Set<Envelope.Lane> lanes = EnumSet.of(first, more);
    View view = new View(lanes);
    handing.writeLock().lock();
    try {
      for (Envelope.Lane lane : lanes) {
        if (taken.containsKey(lane)) {
          throw new IllegalStateException("the lane " + lane + " is taken");
        }
      }
      lanes.forEach(lane -> taken.put(lane, view));
    } finally {
      handing.writeLock().unlock();
    }
    return view;
  }

  private void handOut(Envelope envelope) {
    handing.readLock().lock();
    try {
      View view = taken.get(envelope.lane());
      if (view != null && view.handler != null) {
        view.handler.accept(envelope);
      }
    } finally {
      handing.readLock().unlock();
    }
  }

  private void lost(NodeId node) {
    handing.readLock().lock();
    try {
      taken.values().stream()
          .distinct()
          .filter(view -> view.handler != null && view.lost != null)
          .forEach(view -> view.lost.accept(node));
    } finally {
      handing.readLock().unlock();
    }
  }

  private final class View implements Transport {
    private final Set<Envelope.Lane> lanes;
    private Consumer<Envelope> handler;
    private Consumer<NodeId> lost;
    private boolean begun;
    private volatile boolean closed;

    View(Set<Envelope.Lane> lanes) {
      this.lanes = lanes;
    }

    @Override
    public NodeId self() {
      return whole.self();
    }

    @Override
    public void start(Consumer<Envelope> newHandler) {
      Objects.requireNonNull(newHandler, "newHandler");
      boolean first;
      handing.writeLock().lock();
      try {
        if (begun || closed) {
          throw new IllegalStateException("the lanes " + lanes + " were started already");
        }
        begun = true;
        handler = newHandler;
        first = !started;
        started = true;
      } finally {
        handing.writeLock().unlock();
      }
      if (first) {
        whole.start(Lanes.this::handOut);
      }
    }

    @Override
    public void whenLost(Consumer<NodeId> listener) {
      handing.writeLock().lock();
      try {
        lost = Objects.requireNonNull(listener, "listener");
      } finally {
        handing.writeLock().unlock();
      }
    }

    @Override
    public void send(NodeId to, Envelope.Lane lane, Bytes payload) {
      if (!lanes.contains(lane)) {
        throw new IllegalArgumentException("the lane " + lane + " is none of " + lanes);
      }
      if (closed) {
        return;
      }
      whole.send(to, lane, payload);
    }

    @Override
    public int payloadBytesMax() {
      return whole.payloadBytesMax();
    }

    @Override
    public void close() {
      handing.writeLock().lock();
      try {
        closed = true;
        handler = null;
      } finally {
        handing.writeLock().unlock();
      }
    }
  }
}
