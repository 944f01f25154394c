// SPDX-License-Identifier: MIT
package io.distdb.api.transport;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import java.util.function.Consumer;

/**
 * Sends messages to other nodes, promising little: a message may be lost, come late, twice or out
 * of order; it comes whole and unchanged or not at all. Thread-safe.
 */
public interface Transport extends AutoCloseable {
  NodeId self();

  /**
   * Begins to receive. {@code handler} is called on the transport's threads, must be short and must
   * not wait. May be called once.
   */
  void start(Consumer<Envelope> handler);

  /**
   * Tells of nodes with which a connection broke: as it does when their process ends, or when this
   * node cannot reach them. A hint: it may be wrong, come more than once, late or never, but after
   * what the connection brought. To be called before {@link #start}, once; {@code listener} is held
   * to what the handler is.
   */
  void whenLost(Consumer<NodeId> listener);

  /**
   * Sends, or drops, without waiting.
   *
   * @param payload at most {@link #payloadBytesMax()} bytes
   * @throws IllegalArgumentException the payload is longer
   */
  void send(NodeId to, Envelope.Lane lane, Bytes payload);

  int payloadBytesMax();

  /** No message is handed out or sent after this returns. May be called twice. */
  @Override
  void close();
}
