// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.Varint;
import io.distdb.api.time.Clock;
import io.distdb.api.transport.Envelope;
import io.distdb.api.transport.Transport;
import io.distdb.raft.core.Message;
import io.distdb.raft.wire.MessageCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What all groups say to one peer in one turn goes in one envelope, so that a thousand idle groups
 * cost no more messages than one. Used by who has the host's turn.
 *
 * <p>The heartbeats of all groups go on a lane of their own, one stream for each pair of nodes, so
 * that none comes late behind entries. Those that confirm reads go with the entries of their turn.
 *
 * <p>What is committed waits a little for entries, which say so too: under load, every commit would
 * else cost each follower a message.
 */
final class Mailroom {
  private static final byte VERSION = 1;

  /** How long the news of a commit waits for company. */
  private static final long NEWS_NANOS = 500_000;

  /** A message of a group. */
  record Letter(ShardId group, Message message) {}

  private final Transport transport;
  private final Clock clock;
  private final TreeMap<NodeId, List<Letter>> outgoing = new TreeMap<>();
  private final TreeMap<NodeId, TreeMap<ShardId, Message.Committed>> news = new TreeMap<>();
  private long newsSince;

  /** Heartbeats that the clock asked for, and the answers to such. */
  private final TreeMap<NodeId, List<Letter>> beats = new TreeMap<>();

  private boolean beating;

  Mailroom(Transport transport, Clock clock) {
    this.transport = transport;
    this.clock = clock;
  }

  /** What heartbeats are said from now on are asked for by the clock, or not any more. */
  void beating(boolean begins) {
    beating = begins;
  }

  void add(NodeId to, ShardId group, Message message) {
    boolean beats =
        beating
            && (message instanceof Message.Heartbeat || message instanceof Message.HeartbeatReply);
    if (beats) {
      this.beats.computeIfAbsent(to, node -> new ArrayList<>()).add(new Letter(group, message));
      return;
    }
    if (message instanceof Message.Committed committed) {
      keep(to, group, committed);
      return;
    }
    if (message instanceof Message.Append) {
      forget(to, group);
    }
    outgoing.computeIfAbsent(to, node -> new ArrayList<>()).add(new Letter(group, message));
  }

  private void keep(NodeId to, ShardId group, Message.Committed committed) {
    if (news.isEmpty()) {
      newsSince = clock.nanoTime();
    }
    news.computeIfAbsent(to, node -> new TreeMap<>()).put(group, committed);
  }

  /** What comes after says the same and more. */
  private void forget(NodeId to, ShardId group) {
    TreeMap<ShardId, Message.Committed> kept = news.get(to);
    if (kept != null && kept.remove(group) != null && kept.isEmpty()) {
      news.remove(to);
    }
  }

  /** Lets a node know that this one is there, if nothing else is said to it that does. */
  void beat(NodeId to) {
    beats.computeIfAbsent(to, node -> new ArrayList<>());
  }

  /** Says nothing to a node, so that there is a connection when there is something to say. */
  void greet(NodeId to) {
    if (!to.equals(transport.self())) {
      outgoing.computeIfAbsent(to, node -> new ArrayList<>());
    }
  }

  /** When {@link #send} sends what waits for company; of the clock's nanoseconds. */
  long newsAt() {
    return news.isEmpty() ? Long.MAX_VALUE : newsSince + NEWS_NANOS;
  }

  void send() {
    if (clock.nanoTime() >= newsAt()) {
      news.forEach((to, groups) ->
          groups.forEach((group, committed) ->
              outgoing
                  .computeIfAbsent(to, node -> new ArrayList<>())
                  .add(new Letter(group, committed))));
      news.clear();
    }
    beats.forEach((to, letters) -> send(to, Envelope.Lane.HEARTBEAT, letters));
    beats.clear();
    outgoing.forEach((to, letters) -> send(to, Envelope.Lane.CONSENSUS, letters));
    outgoing.clear();
  }

  private void send(NodeId to, Envelope.Lane lane, List<Letter> letters) {
    int from = 0;
    do {
      int end = from;
      int bytes = 1;
      while (end < letters.size()
          && (end == from || bytes + size(letters.get(end)) <= transport.payloadBytesMax())) {
        bytes += size(letters.get(end));
        end++;
      }
      ByteBuffer payload = ByteBuffer.allocate(bytes).put(VERSION);
      for (Letter letter : letters.subList(from, end)) {
        Varint.put(payload, letter.group().value());
        MessageCodec.put(payload, letter.message());
      }
      transport.send(to, lane, Bytes.wrap(payload.array()));
      from = end;
    } while (from < letters.size());
  }

  private static int size(Letter letter) {
    return Varint.size(letter.group().value()) + MessageCodec.size(letter.message());
  }

  /**
   * @throws IllegalArgumentException nobody of this version writes such bytes
   */
  static List<Letter> open(Bytes payload) {
    ByteBuffer source = ByteBuffer.wrap(payload.array());
    if (!source.hasRemaining() || source.get() != VERSION) {
      throw new IllegalArgumentException("messages of another version");
    }
    List<Letter> letters = new ArrayList<>();
    while (source.hasRemaining()) {
      letters.add(new Letter(new ShardId(Varint.getInt(source)), MessageCodec.read(source)));
    }
    return letters;
  }
}
