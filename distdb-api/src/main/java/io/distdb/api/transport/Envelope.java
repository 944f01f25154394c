// SPDX-License-Identifier: MIT
package io.distdb.api.transport;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import java.util.Objects;

/** One message on its way. */
public record Envelope(NodeId from, NodeId to, Lane lane, Bytes payload) {
  public Envelope {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(lane, "lane");
    Objects.requireNonNull(payload, "payload");
  }

  /**
   * What a message is for; messages of one lane between two nodes do not wait for another lane's.
   */
  public enum Lane {
    CONSENSUS,
    SNAPSHOT,
    REQUEST,
    HEARTBEAT
  }
}
