// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class JoinMessageTest {
  static List<JoinMessage> messages() {
    return List.of(
        new JoinMessage.Ask("a", "63f", "a@h:1,b@h:2", false, 1, Optional.empty()),
        new JoinMessage.Ask(
            "a", "63f", "", true, 7, Optional.of(new ClockOffset(-3_600_000_000L, 12))),
        new JoinMessage.Empty("a@h:1", true),
        new JoinMessage.Welcome("a-63f"),
        new JoinMessage.Wait("a-63f", "später"),
        new JoinMessage.Refused("a-63f", "why", "hint"));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageIsReadAsItWasWrittenAndNothingElseIs(JoinMessage message) {
    Bytes encoded = message.encode();
    assertThat(JoinMessage.decode(encoded)).isEqualTo(message);
    for (int length = 0; length < encoded.length(); length++) {
      Bytes cut = encoded.slice(0, length);
      assertThatThrownBy(() -> JoinMessage.decode(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> JoinMessage.decode(encoded.concat(Bytes.of(0))))
        .isInstanceOf(IllegalArgumentException.class);
    byte[] newer = encoded.array().clone();
    newer[0]++;
    assertThatThrownBy(() -> JoinMessage.decode(Bytes.wrap(newer))).hasMessageContaining("2");
  }

  @Test
  void aMemberIsReadAsItWasWrittenAndANewerOneRefused() {
    NodeId id = new NodeId("a");
    for (Member.Role role : Member.Role.values()) {
      Member member = new Member(id, role, "host", 65_535, "63f", 300);
      assertThat(Member.decode(id, member.encode())).isEqualTo(member);
    }
    Bytes encoded = new Member(id, Member.Role.VOTER, "host", 1, "", 1).encode();
    byte[] newer = encoded.array().clone();
    newer[0] = 2;
    assertCode(Bytes.wrap(newer), ErrorCode.INCOMPATIBLE_FORMAT);
    byte[] unknown = encoded.array().clone();
    unknown[1] = 9;
    assertCode(Bytes.wrap(unknown), ErrorCode.DATA_CORRUPTED);
    assertCode(encoded.slice(0, 4), ErrorCode.DATA_CORRUPTED);
  }

  @Test
  void aClusterIsAtWhatAllOfItsMembersKnow() {
    Member one = new Member(new NodeId("a"), Member.Role.VOTER, "h", 1, "63f", 3);
    Member two = new Member(new NodeId("b"), Member.Role.READ_REPLICA, "h", 2, "640", 2);
    Member silent = new Member(new NodeId("c"), Member.Role.VOTER, "h", 3, "", 0);
    assertThat(ClusterVersion.knownToAll(List.of(one))).hasValue(3);
    assertThat(ClusterVersion.knownToAll(List.of(one, two))).hasValue(2);
    assertThat(ClusterVersion.knownToAll(List.of(one, two, silent))).isEmpty();
    assertThat(ClusterVersion.knownToAll(List.of(one, two.as(Member.Role.REMOVED)))).hasValue(3);
    assertThat(ClusterVersion.knownToAll(List.of())).isEmpty();
  }

  private static void assertCode(Bytes value, ErrorCode code) {
    assertThatThrownBy(() -> Member.decode(new NodeId("a"), value))
        .isInstanceOfSatisfying(
            DistDbException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}
