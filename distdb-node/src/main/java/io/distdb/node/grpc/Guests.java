// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import io.distdb.api.NodeId;
import io.distdb.api.transport.Envelope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who has called and is on the line: one connection for each peer and lane, the newest, and none of
 * an older life of a node. Thread-safe.
 */
final class Guests {
  /** More nodes than any cluster has. */
  private static final int NODES_MAX = 4096;

  private record Seat(NodeId peer, Envelope.Lane lane) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<NodeId, Long> incarnations = new HashMap<>();
  private final Map<Seat, Inbound> seated = new HashMap<>();

  /** Takes it in, and ends those whose place it takes; or says why not. */
  Optional<String> admit(Handshake.Verdict.Agreed agreed, Inbound guest) {
    List<Inbound> replaced = new ArrayList<>();
    lock.lock();
    try {
      long known = incarnations.getOrDefault(agreed.peer(), -1L);
      if (known < 0 && incarnations.size() >= NODES_MAX) {
        return Optional.of("there are " + NODES_MAX + " nodes already");
      }
      if (agreed.incarnation() < known) {
        return Optional.of(
            "node %s of incarnation %d was replaced by its incarnation %d"
                .formatted(agreed.peer(), agreed.incarnation(), known));
      }
      if (agreed.incarnation() > known) {
        incarnations.put(agreed.peer(), agreed.incarnation());
        for (Envelope.Lane lane : Envelope.Lane.values()) {
          take(new Seat(agreed.peer(), lane), replaced);
        }
      }
      Seat seat = new Seat(agreed.peer(), agreed.lane());
      take(seat, replaced);
      seated.put(seat, guest);
    } finally {
      lock.unlock();
    }
    replaced.forEach(Inbound::replaced);
    return Optional.empty();
  }

  private void take(Seat seat, List<Inbound> replaced) {
    Inbound before = seated.remove(seat);
    if (before != null) {
      replaced.add(before);
    }
  }

  void leave(Handshake.Verdict.Agreed agreed, Inbound guest) {
    lock.lock();
    try {
      seated.remove(new Seat(agreed.peer(), agreed.lane()), guest);
    } finally {
      lock.unlock();
    }
  }
}
