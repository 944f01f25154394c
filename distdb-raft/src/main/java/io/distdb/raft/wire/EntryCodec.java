// SPDX-License-Identifier: MIT
package io.distdb.raft.wire;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.Varint;
import io.distdb.api.storage.LogPosition;
import io.distdb.raft.core.Entry;
import io.distdb.raft.core.Membership;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Entries, positions and memberships in messages. */
final class EntryCodec {
  private static final int NOTHING = 0;
  private static final int DATA = 1;
  private static final int MEMBERSHIP = 2;

  private EntryCodec() {}

  static int size(LogPosition position) {
    return Varint.size(position.term()) + Varint.size(position.index());
  }

  static void put(ByteBuffer target, LogPosition position) {
    Varint.put(target, position.term());
    Varint.put(target, position.index());
  }

  static LogPosition position(ByteBuffer source) {
    return new LogPosition(number(source), number(source));
  }

  /** A term, an index or a count of rounds: none is negative. */
  static long number(ByteBuffer source) {
    long value = Varint.get(source);
    if (value < 0) {
      throw new IllegalArgumentException("a number of " + Long.toUnsignedString(value));
    }
    return value;
  }

  static int size(Entry entry) {
    return size(entry.position()) + 1 + size(entry.content());
  }

  private static int size(Entry.Content content) {
    return switch (content) {
      case Entry.Nothing nothing -> 0;
      case Entry.Data data -> Varint.size(data.bytes()) + data.bytes();
      case Membership membership -> size(membership);
    };
  }

  static void put(ByteBuffer target, Entry entry) {
    put(target, entry.position());
    switch (entry.content()) {
      case Entry.Nothing nothing -> target.put((byte) NOTHING);
      case Entry.Data data -> {
        target.put((byte) DATA);
        Varint.put(target, data.bytes());
        data.command().encode(target);
      }
      case Membership membership -> {
        target.put((byte) MEMBERSHIP);
        put(target, membership);
      }
    }
  }

  static Entry entry(ByteBuffer source) {
    LogPosition position = position(source);
    int kind = source.get();
    return new Entry(
        position,
        switch (kind) {
          case NOTHING -> Entry.Nothing.NOTHING;
          case DATA -> {
            Bytes bytes = Varint.getBytes(source);
            if (bytes.isEmpty()) {
              throw new IllegalArgumentException("an empty command at index " + position.index());
            }
            yield new Entry.Data(new StoredCommand(bytes), bytes.length());
          }
          case MEMBERSHIP -> membership(source);
          default -> throw new IllegalArgumentException("no entry has the kind " + kind);
        });
  }

  // --- memberships ---

  static int size(Membership membership) {
    return size(membership.voters()) + size(membership.outgoing()) + size(membership.learners());
  }

  private static int size(List<NodeId> nodes) {
    int bytes = Varint.size(nodes.size());
    for (NodeId node : nodes) {
      bytes += Varint.size(Bytes.utf8(node.value()));
    }
    return bytes;
  }

  static void put(ByteBuffer target, Membership membership) {
    put(target, membership.voters());
    put(target, membership.outgoing());
    put(target, membership.learners());
  }

  private static void put(ByteBuffer target, List<NodeId> nodes) {
    Varint.put(target, nodes.size());
    nodes.forEach(node -> Varint.putBytes(target, Bytes.utf8(node.value())));
  }

  static Membership membership(ByteBuffer source) {
    return new Membership(nodes(source), nodes(source), nodes(source));
  }

  private static List<NodeId> nodes(ByteBuffer source) {
    int count = Varint.getInt(source);
    List<NodeId> nodes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      nodes.add(new NodeId(Varint.getBytes(source).toUtf8()));
    }
    return nodes;
  }
}
