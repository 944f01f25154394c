// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import io.distdb.api.Bytes;
import io.distdb.api.Varint;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an empty node and the nodes that it knows say to each other: version, kind, then texts, each
 * a length and UTF-8. docs/formats/calls.md.
 */
sealed interface JoinMessage {
  byte VERSION = 1;
  String MEMBER = "member";
  String REPLICA = "read_replica";

  /**
   * I am empty, who are you?
   *
   * @param node who asks
   * @param directory where its data will be
   * @param nodes what its configuration calls the cluster
   * @param replica whether it is never to vote
   * @param knows the newest {@link ClusterVersion} that it knows
   * @param clock of the node that asks beside that of the one that is asked; empty: not compared
   */
  record Ask(
      String node,
      String directory,
      String nodes,
      boolean replica,
      int knows,
      Optional<ClockOffset> clock)
      implements JoinMessage {}

  /** I am empty too. */
  record Empty(String nodes, boolean replica) implements JoinMessage {}

  /** I am a member of this cluster, and you are one from now on. */
  record Welcome(String cluster) implements JoinMessage {}

  /** I am a member of this cluster, and you are to wait. */
  record Wait(String cluster, String why) implements JoinMessage {}

  /** I am a member of this cluster, and you are not to come in. */
  record Refused(String cluster, String why, String hint) implements JoinMessage {}

  default Bytes encode() {
    return switch (this) {
      case Ask ask ->
          encode(
              1,
              ask.node(),
              ask.directory(),
              ask.nodes(),
              role(ask.replica()),
              Integer.toString(ask.knows()),
              ask.clock().map(offset -> offset.micros() + " " + offset.errorMicros()).orElse(""));
      case Empty empty -> encode(2, empty.nodes(), role(empty.replica()));
      case Welcome welcome -> encode(3, welcome.cluster());
      case Wait wait -> encode(4, wait.cluster(), wait.why());
      case Refused refused -> encode(5, refused.cluster(), refused.why(), refused.hint());
    };
  }

  private static Bytes encode(int kind, String... texts) {
    List<Bytes> parts = new ArrayList<>();
    int size = 2;
    for (String text : texts) {
      Bytes part = Bytes.utf8(text);
      parts.add(part);
      size += Varint.size(part);
    }
    ByteBuffer target = ByteBuffer.allocate(size).put(VERSION).put((byte) kind);
    parts.forEach(part -> Varint.putBytes(target, part));
    return Bytes.wrap(target.array());
  }

  /**
   * @throws IllegalArgumentException nobody of this version writes such bytes
   */
  static JoinMessage decode(Bytes bytes) {
    ByteBuffer source = ByteBuffer.wrap(bytes.array());
    try {
      byte version = source.get();
      if (version != VERSION) {
        throw new IllegalArgumentException("a question to join of version " + version);
      }
      JoinMessage message =
          switch (source.get()) {
            case 1 ->
                new Ask(
                    text(source),
                    text(source),
                    text(source),
                    isReplica(source),
                    number(source),
                    clock(text(source)));
            case 2 -> new Empty(text(source), isReplica(source));
            case 3 -> new Welcome(text(source));
            case 4 -> new Wait(text(source), text(source));
            case 5 -> new Refused(text(source), text(source), text(source));
            default -> throw new IllegalArgumentException("another question to join");
          };
      if (source.hasRemaining()) {
        throw new IllegalArgumentException("a question to join that goes on");
      }
      return message;
    } catch (BufferUnderflowException cut) {
      throw new IllegalArgumentException("a question to join that was cut off", cut);
    }
  }

  private static String text(ByteBuffer source) {
    return Varint.getBytes(source).toUtf8();
  }

  private static int number(ByteBuffer source) {
    return Integer.parseInt(text(source));
  }

  private static Optional<ClockOffset> clock(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    int space = text.indexOf(' ');
    return Optional.of(
        new ClockOffset(
            Long.parseLong(text.substring(0, Math.max(0, space))),
            Long.parseLong(text.substring(space + 1))));
  }

  private static String role(boolean replica) {
    return replica ? REPLICA : MEMBER;
  }

  private static boolean isReplica(ByteBuffer source) {
    String role = text(source);
    if (!role.equals(REPLICA) && !role.equals(MEMBER)) {
      throw new IllegalArgumentException("a node of the unknown role \"" + role + "\"");
    }
    return role.equals(REPLICA);
  }
}
