// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import io.distdb.api.NodeId;
import io.distdb.api.transport.Envelope;

/**
 * How the sending to one peer goes, on one lane.
 *
 * @param version that is spoken; 0: there is no connection now
 * @param connects connections that were made since the transport began
 * @param sentMessages that a connection has taken since then
 * @param queuedMessages that wait to be sent
 * @param queuedBytes of their payloads
 * @param dropped messages since the transport began: the queue was full, the connection was lost
 */
public record LinkReport(
    NodeId peer,
    Envelope.Lane lane,
    int version,
    long connects,
    long sentMessages,
    long sentBytes,
    int queuedMessages,
    long queuedBytes,
    long dropped) {}
