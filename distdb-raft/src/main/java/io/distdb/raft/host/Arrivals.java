// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.NodeId;
import io.distdb.api.transport.Envelope;
import io.distdb.raft.core.Event;
import io.distdb.raft.wire.SnapshotFrame;
import io.distdb.raft.wire.SnapshotFrameCodec;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the transport brings: opened by its threads, given to the groups in the host's turn. */
final class Arrivals {
  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  private final RaftConsensus host;
  private final Mailroom mail;

  Arrivals(RaftConsensus host, Mailroom mail) {
    this.host = host;
    this.mail = mail;
  }

  // --- any thread ---

  void receive(Envelope envelope) {
    NodeId from = envelope.from();
    try {
      switch (envelope.lane()) {
        case CONSENSUS -> {
          List<Mailroom.Letter> letters = Mailroom.open(envelope.payload());
          host.execute(() -> deliver(from, letters));
        }
        case HEARTBEAT -> {
          List<Mailroom.Letter> letters = Mailroom.open(envelope.payload());
          host.execute(() -> {
            mail.beating(true);
            deliver(from, letters);
            mail.beating(false);
          });
        }
        case SNAPSHOT -> {
          SnapshotFrame frame = SnapshotFrameCodec.decode(envelope.payload());
          host.execute(() -> deliver(from, frame));
        }
        case REQUEST -> LOG.warn("node {} sends a request, which nobody reads", from);
      }
    } catch (IllegalArgumentException wrong) {
      LOG.warn("a message of {} cannot be read: {}", from, wrong.getMessage());
    }
  }

  /** The connection with a node broke. */
  void lost(NodeId peer) {
    host.execute(() -> parted(peer));
  }

  // --- in the turn ---

  private void deliver(NodeId from, List<Mailroom.Letter> letters) {
    host.peers().heard(from);
    for (Mailroom.Letter letter : letters) {
      HostedGroup group = host.group(letter.group());
      if (group != null) {
        group.step(new Event.Received(from, letter.message()));
      }
    }
  }

  private void deliver(NodeId from, SnapshotFrame frame) {
    host.peers().heard(from);
    HostedGroup group = host.group(frame.transfer().group());
    if (group != null) {
      host.snapshots().deliver(group, from, frame);
    }
  }

  /** Who is left will have something to say to each other: they connect while they wait. */
  private void parted(NodeId peer) {
    for (HostedGroup group : host.groups()) {
      if (group.leader().filter(peer::equals).isPresent()) {
        List<NodeId> members = group.core().membership().everyone();
        members.stream().filter(node -> !node.equals(peer)).forEach(mail::greet);
      }
      group.step(new Event.Unreachable(peer));
    }
  }
}
