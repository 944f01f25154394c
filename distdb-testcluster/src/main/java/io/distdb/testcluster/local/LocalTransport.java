// SPDX-License-Identifier: MIT
package io.distdb.testcluster.local;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.transport.Envelope;
import io.distdb.api.transport.Transport;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node's end of a {@link LocalNetwork}: a queue, and a thread that empties it. */
final class LocalTransport implements Transport {
  static final int PAYLOAD_BYTES_MAX = 4 << 20;
  private static final Logger LOG = LoggerFactory.getLogger(LocalTransport.class);

  /** What a node that does not read may have waiting; past it, messages are lost. */
  private static final long WAITING_BYTES_MAX = 64L << 20;

  /** Of a message in the queue, besides its payload, about. */
  private static final int MESSAGE_BYTES = 64;

  private final NodeId self;
  private final LocalNetwork network;
  private final Scheduler scheduler;
  private final Waiter news;
  private final ConcurrentLinkedQueue<News> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();

  /** Held while a message is handed out, so that closing waits for that. */
  private final ReentrantLock handing = new ReentrantLock();

  /**
   * @param lost the node that is gone; null: a message has come
   */
  private record News(Envelope message, NodeId lost) {}

  private Consumer<Envelope> handler;
  private volatile Consumer<NodeId> listener = peer -> {};
  private volatile boolean started;
  private volatile boolean closed;

  LocalTransport(NodeId self, LocalNetwork network, Scheduler scheduler) {
    this.self = self;
    this.network = network;
    this.scheduler = scheduler;
    news = scheduler.newWaiter();
  }

  @Override
  public NodeId self() {
    return self;
  }

  @Override
  public void start(Consumer<Envelope> newHandler) {
    Objects.requireNonNull(newHandler, "newHandler");
    handing.lock();
    try {
      if (started) {
        throw new IllegalStateException("the transport of " + self + " was started already");
      }
      handler = newHandler;
      started = true;
    } finally {
      handing.unlock();
    }
    scheduler.start("distdb-local-" + self, this::handOut);
  }

  @Override
  public void whenLost(Consumer<NodeId> newListener) {
    listener = Objects.requireNonNull(newListener, "newListener");
  }

  @Override
  public void send(NodeId to, Envelope.Lane lane, Bytes payload) {
    if (payload.length() > PAYLOAD_BYTES_MAX) {
      throw new IllegalArgumentException(
          "payload of " + payload.length() + " bytes, at most " + PAYLOAD_BYTES_MAX + " go");
    }
    if (!closed) {
      network.send(new Envelope(self, to, lane, payload));
    }
  }

  @Override
  public int payloadBytesMax() {
    return PAYLOAD_BYTES_MAX;
  }

  /** A message has come; never waits. */
  void arrived(Envelope envelope) {
    long bytes = bytes(envelope);
    if (closed || !started || waitingBytes.get() + bytes > WAITING_BYTES_MAX) {
      return;
    }
    waitingBytes.addAndGet(bytes);
    waiting.add(new News(envelope, null));
    news.signal();
  }

  /** A node is gone; what it said before stays said. */
  void lost(NodeId node) {
    if (!closed && started) {
      waiting.add(new News(null, node));
      news.signal();
    }
  }

  private static long bytes(Envelope envelope) {
    return (long) envelope.payload().length() + MESSAGE_BYTES;
  }

  private void handOut() {
    while (!closed) {
      News next = waiting.poll();
      if (next == null) {
        news.awaitUninterruptibly(Waiter.FOREVER);
      } else {
        handOut(next);
      }
    }
  }

  private void handOut(News next) {
    handing.lock();
    try {
      if (next.message() != null) {
        waitingBytes.addAndGet(-bytes(next.message()));
      }
      if (closed) {
        return;
      }
      if (next.message() == null) {
        listener.accept(next.lost());
      } else {
        handler.accept(next.message());
      }
    } catch (RuntimeException fault) {
      LOG.error("{} could not take {}", self, next, fault);
    } finally {
      handing.unlock();
    }
  }

  /** Says nothing more and hears nothing more, from this moment; waits for nobody. */
  void cut() {
    closed = true;
    network.leave(this);
  }

  @Override
  public void close() {
    cut();
    news.signal();
    handing.lock();
    try {
      waiting.clear();
    } finally {
      handing.unlock();
    }
  }
}
