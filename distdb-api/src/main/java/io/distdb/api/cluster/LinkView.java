// SPDX-License-Identifier: MIT
package io.distdb.api.cluster;

import io.distdb.api.NodeId;
import java.util.Objects;

/**
 * The traffic of one node with another on one lane, since the node was started.
 *
 * @param lane what goes there, in lower case
 * @param protocol the version that is spoken; 0: there is no connection to the other now
 * @param connects connections to it that were made
 * @param droppedMessages that never went: the queue was full, or the connection was lost
 * @param queuedMessages that wait to be sent now
 */
public record LinkView(
    NodeId peer,
    String lane,
    int protocol,
    long connects,
    long sentMessages,
    long sentBytes,
    long receivedMessages,
    long receivedBytes,
    long droppedMessages,
    long queuedMessages,
    long queuedBytes) {
  public LinkView {
    Objects.requireNonNull(peer, "peer");
    Objects.requireNonNull(lane, "lane");
  }
}
