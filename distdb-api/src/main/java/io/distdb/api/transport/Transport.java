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
