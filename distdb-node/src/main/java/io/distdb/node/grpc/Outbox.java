// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import io.distdb.api.Bytes;
import java.util.ArrayDeque;

/** What waits to be sent: bounded, in order; drops what comes when it is full. For one thread. */
final class Outbox {
  private final int messagesMax;
  private final long bytesMax;
  private final ArrayDeque<Bytes> waiting = new ArrayDeque<>();
  private long bytes;
  private long dropped;

  Outbox(int messagesMax, long bytesMax) {
    this.messagesMax = messagesMax;
    this.bytesMax = bytesMax;
  }

  void add(Bytes payload) {
    if (waiting.size() >= messagesMax || bytes + payload.length() > bytesMax) {
      dropped++;
      return;
    }
    waiting.add(payload);
    bytes += payload.length();
  }

  /** The oldest, or null. */
  Bytes poll() {
    Bytes oldest = waiting.poll();
    if (oldest != null) {
      bytes -= oldest.length();
    }
    return oldest;
  }

  /** Drops everything: by the time that it could go, it would be stale. */
  void clear() {
    dropped += waiting.size();
    waiting.clear();
    bytes = 0;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  int messages() {
    return waiting.size();
  }

  long bytes() {
    return bytes;
  }

  long dropped() {
    return dropped;
  }
}
