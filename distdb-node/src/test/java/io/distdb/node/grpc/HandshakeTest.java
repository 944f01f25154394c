// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.NodeId;
import io.distdb.api.transport.Envelope;
import io.distdb.node.grpc.Handshake.Verdict;
import io.distdb.node.grpc.message.Hello;
import io.distdb.node.grpc.message.Lane;
import org.junit.jupiter.api.Test;

class HandshakeTest {
  private static final TransportIdentity ONE = TransportNodes.identity("red", "one");
  private static final TransportIdentity TWO = TransportNodes.identity("red", "two");

  private static Hello.Builder hello() {
    return Handshake.hello(TWO, ONE.self(), Envelope.Lane.SNAPSHOT).toBuilder();
  }

  private static String refusal(Hello.Builder hello) {
    return ((Verdict.Refused) Handshake.ofCaller(ONE, hello.build())).why();
  }

  @Test
  void everyLaneIsUnderstood() {
    for (Envelope.Lane lane : Envelope.Lane.values()) {
      assertThat(Handshake.ofCaller(ONE, Handshake.hello(TWO, ONE.self(), lane)))
          .isEqualTo(new Verdict.Agreed(TWO.self(), lane, 1, 1));
    }
  }

  @Test
  void aLaneOfTheFutureIsRefusedByNumber() {
    assertThat(refusal(hello().setLaneValue(9))).contains("node two wants lane 9");
    assertThat(refusal(hello().setLaneValue(0))).contains("node two wants lane 0");
  }

  @Test
  void namesThatAreNoneAreRefusedAndNotRepeated() {
    String huge = "x".repeat(257);
    for (String name : new String[] {"", " ", huge, "a\nERROR all is lost"}) {
      assertThat(refusal(hello().setFrom(name)))
          .isEqualTo("the hello of node without a name lacks a name, or has a huge one");
      assertThat(refusal(hello().setTo(name))).contains("node two lacks a name");
      if (!name.isEmpty()) {
        assertThat(refusal(hello().setClusterId(name))).contains("node two lacks a name");
      }
    }
  }

  @Test
  void aNodeOfNoClusterAsksAndNothingElse() {
    TransportIdentity none = TWO.in(TransportIdentity.NO_CLUSTER);
    for (Envelope.Lane lane : Envelope.Lane.values()) {
      Verdict ofNone = Handshake.ofCaller(ONE, Handshake.hello(none, ONE.self(), lane));
      Verdict ofMember = Handshake.ofCaller(none, Handshake.hello(ONE, TWO.self(), lane));
      if (lane == Envelope.Lane.REQUEST) {
        assertThat(ofNone).isEqualTo(new Verdict.Agreed(new NodeId("two+new"), lane, 1, 1));
        assertThat(ofMember).isEqualTo(new Verdict.Agreed(ONE.self(), lane, 1, 1));
      } else {
        String cluster = "cluster \"" + ONE.clusterId() + "\"";
        assertThat(ofNone)
            .isEqualTo(
                new Verdict.Refused(
                    "two", "node two is of no cluster yet, node one of " + cluster));
        assertThat(ofMember)
            .isEqualTo(
                new Verdict.Refused(
                    "one", "node one is of " + cluster + ", node two of no cluster yet"));
      }
    }
    assertThat(Handshake.hello(ONE, new NodeId("two+new"), Envelope.Lane.REQUEST).getTo())
        .isEqualTo("two");
    assertThat(refusal(hello().setFrom("one").setClusterId("").setLane(Lane.LANE_REQUEST)))
        .contains("two nodes have the name one");
  }

  @Test
  void versionsAndIncarnationsThatAreNoneAreRefused() {
    assertThat(refusal(hello().setOldestVersion(0))).contains("makes no sense");
    assertThat(refusal(hello().setNewestVersion(0))).contains("makes no sense");
    assertThat(refusal(hello().setOldestVersion(-1))).contains("makes no sense");
    assertThat(refusal(hello().setIncarnation(-1))).contains("makes no sense");
  }

  @Test
  void whoAnswersIsWhoWasCalled() {
    NodeId three = new NodeId("three");
    assertThat(Handshake.ofCalled(ONE, three, hello().build()))
        .isEqualTo(new Verdict.Refused("three", "node three was called, and node two answers"));
    assertThat(Handshake.ofCalled(ONE, TWO.self(), hello().build()))
        .isInstanceOf(Verdict.Agreed.class);
  }

  @Test
  void aCallOfOnesOwnNameIsRefused() {
    assertThat(refusal(hello().setFrom("one"))).contains("two nodes have the name one");
  }

  @Test
  void versionsAgreeOnTheNewestInCommon() {
    assertThat(new VersionRange(1, 3).agree(new VersionRange(2, 5))).hasValue(3);
    assertThat(new VersionRange(2, 5).agree(new VersionRange(1, 3))).hasValue(3);
    assertThat(new VersionRange(1, 1).agree(new VersionRange(1, 9))).hasValue(1);
    assertThat(new VersionRange(1, 2).agree(new VersionRange(3, 4))).isEmpty();
  }
}
