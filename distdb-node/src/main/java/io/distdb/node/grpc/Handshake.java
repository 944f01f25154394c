// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import io.distdb.api.NodeId;
import io.distdb.api.transport.Envelope;
import io.distdb.node.grpc.message.Hello;
import io.distdb.node.grpc.message.Lane;
import java.util.OptionalInt;

/** What hellos say and whether two nodes are to talk. Pure; its words are for both logs. */
final class Handshake {
  /** Of a cluster id or node id in a hello, in characters. */
  private static final int NAME_LENGTH_MAX = 256;

  private Handshake() {}

  sealed interface Verdict {
    /** They talk, in {@code version}. */
    record Agreed(NodeId peer, Envelope.Lane lane, long incarnation, int version)
        implements Verdict {}

    /** They do not; {@code why} names both and says what does not fit. */
    record Refused(String peer, String why) implements Verdict {}
  }

  static Hello hello(TransportIdentity own, NodeId to, Envelope.Lane lane) {
    return Hello.newBuilder()
        .setClusterId(own.clusterId())
        .setFrom(own.self().value())
        .setTo(Newcomer.own(to).value())
        .setLane(laneOnTheWire(lane))
        .setOldestVersion(own.versions().oldest())
        .setNewestVersion(own.versions().newest())
        .setIncarnation(own.incarnation())
        .build();
  }

  /** Judges the hello of a node that called. */
  static Verdict ofCaller(TransportIdentity own, Hello hello) {
    Verdict verdict = judge(own, hello);
    if (verdict instanceof Verdict.Agreed agreed
        && Newcomer.own(agreed.peer()).equals(own.self())) {
      return new Verdict.Refused(
          hello.getFrom(), "two nodes have the name " + own.self() + ", and one called the other");
    }
    return verdict;
  }

  /** Judges the hello that {@code called} answers with. */
  static Verdict ofCalled(TransportIdentity own, NodeId called, Hello hello) {
    if (isName(hello.getFrom()) && !hello.getFrom().equals(Newcomer.own(called).value())) {
      return new Verdict.Refused(
          called.value(),
          "node " + called + " was called, and node " + hello.getFrom() + " answers");
    }
    return judge(own, hello);
  }

  private static Verdict judge(TransportIdentity own, Hello hello) {
    String from = isName(hello.getFrom()) ? hello.getFrom() : "without a name";
    boolean newcomer = hello.getClusterId().equals(TransportIdentity.NO_CLUSTER);
    if (!isName(hello.getFrom())
        || !isName(hello.getTo())
        || !newcomer && !isName(hello.getClusterId())) {
      return new Verdict.Refused(
          from, "the hello of node " + from + " lacks a name, or has a huge one");
    }
    boolean outside = newcomer || own.clusterId().equals(TransportIdentity.NO_CLUSTER);
    if (!hello.getClusterId().equals(own.clusterId())
        && !(outside && hello.getLane() == Lane.LANE_REQUEST)) {
      String why = "node %s is of %s, node %s of %s";
      return new Verdict.Refused(
          from,
          why.formatted(from, cluster(hello.getClusterId()), own.self(), cluster(own.clusterId())));
    }
    if (!hello.getTo().equals(own.self().value())) {
      String why = "node %s calls node %s, and this is node %s: the address is another node's";
      return new Verdict.Refused(from, why.formatted(from, hello.getTo(), own.self()));
    }
    return judgeProtocol(own, hello);
  }

  private static String cluster(String id) {
    return id.equals(TransportIdentity.NO_CLUSTER) ? "no cluster yet" : "cluster \"" + id + "\"";
  }

  private static Verdict judgeProtocol(TransportIdentity own, Hello hello) {
    String from = hello.getFrom();
    int oldest = hello.getOldestVersion();
    int newest = hello.getNewestVersion();
    if (oldest < 1 || newest < oldest || hello.getIncarnation() < 0) {
      return new Verdict.Refused(from, "the hello of node " + from + " makes no sense");
    }
    VersionRange range = new VersionRange(oldest, newest);
    OptionalInt version = own.versions().agree(range);
    if (version.isEmpty()) {
      String why = "node %s speaks %s of the protocol between nodes, node %s %s";
      return new Verdict.Refused(from, why.formatted(from, range, own.self(), own.versions()));
    }
    return switch (hello.getLane()) {
      case LANE_CONSENSUS -> agreed(own, hello, Envelope.Lane.CONSENSUS, version.getAsInt());
      case LANE_SNAPSHOT -> agreed(own, hello, Envelope.Lane.SNAPSHOT, version.getAsInt());
      case LANE_REQUEST -> agreed(own, hello, Envelope.Lane.REQUEST, version.getAsInt());
      case LANE_HEARTBEAT -> agreed(own, hello, Envelope.Lane.HEARTBEAT, version.getAsInt());
      case LANE_UNSPECIFIED, UNRECOGNIZED ->
          new Verdict.Refused(
              from, "node " + from + " wants lane " + hello.getLaneValue() + ", which is unknown");
    };
  }

  private static Verdict agreed(
      TransportIdentity own, Hello hello, Envelope.Lane lane, int version) {
    NodeId peer = new NodeId(hello.getFrom());
    boolean newcomer =
        hello.getClusterId().equals(TransportIdentity.NO_CLUSTER)
            && !own.clusterId().equals(TransportIdentity.NO_CLUSTER);
    return new Verdict.Agreed(
        newcomer ? Newcomer.called(peer) : peer, lane, hello.getIncarnation(), version);
  }

  private static Lane laneOnTheWire(Envelope.Lane lane) {
    return switch (lane) {
      case CONSENSUS -> Lane.LANE_CONSENSUS;
      case SNAPSHOT -> Lane.LANE_SNAPSHOT;
      case REQUEST -> Lane.LANE_REQUEST;
      case HEARTBEAT -> Lane.LANE_HEARTBEAT;
    };
  }

  private static boolean isName(String text) {
    return !text.isBlank()
        && text.length() <= NAME_LENGTH_MAX
        && text.chars().noneMatch(Character::isISOControl);
  }
}
