// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.Varint;
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
 * cost no more messages than one. Used by the host's thread.
 */
final class Mailroom {
  private static final byte VERSION = 1;

  /** How many of the last letters may be made needless by a new one. */
  private static final int LOOK_BACK = 8;

  /** A message of a group. */
  record Letter(ShardId group, Message message) {}

  private final Transport transport;
  private final TreeMap<NodeId, List<Letter>> outgoing = new TreeMap<>();

  Mailroom(Transport transport) {
    this.transport = transport;
  }

  void add(NodeId to, ShardId group, Message message) {
    List<Letter> letters = outgoing.computeIfAbsent(to, node -> new ArrayList<>());
    if (message instanceof Message.Append || message instanceof Message.Committed) {
      forgetCommitted(letters, group, message.term());
    }
    letters.add(new Letter(group, message));
  }

  /** What is about to be added says what is committed, too. */
  private static void forgetCommitted(List<Letter> letters, ShardId group, long term) {
    for (int at = letters.size() - 1; at >= Math.max(0, letters.size() - LOOK_BACK); at--) {
      Letter letter = letters.get(at);
      if (letter.group().equals(group)
          && letter.message() instanceof Message.Committed
          && letter.message().term() == term) {
        letters.remove(at);
        return;
      }
    }
  }

  void send() {
    outgoing.forEach(this::send);
    outgoing.clear();
  }

  private void send(NodeId to, List<Letter> letters) {
    int from = 0;
    while (from < letters.size()) {
      int end = from;
      int bytes = 1;
      do {
        bytes += size(letters.get(end));
        end++;
      } while (end < letters.size()
          && bytes + size(letters.get(end)) <= transport.payloadBytesMax());
      ByteBuffer payload = ByteBuffer.allocate(bytes).put(VERSION);
      for (Letter letter : letters.subList(from, end)) {
        Varint.put(payload, letter.group().value());
        MessageCodec.put(payload, letter.message());
      }
      transport.send(to, Envelope.Lane.CONSENSUS, Bytes.wrap(payload.array()));
      from = end;
    }
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
