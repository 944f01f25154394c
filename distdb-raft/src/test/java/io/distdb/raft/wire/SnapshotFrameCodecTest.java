// SPDX-License-Identifier: MIT
package io.distdb.raft.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.storage.LogPosition;
import io.distdb.raft.core.Membership;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SnapshotFrameCodecTest {
  private static final Arbitrary<Long> NUMBERS = Arbitraries.longs().between(0, Long.MAX_VALUE);

  @Property
  void whatIsWrittenIsRead(@ForAll("frames") SnapshotFrame frame) {
    assertThat(SnapshotFrameCodec.decode(SnapshotFrameCodec.encode(frame))).isEqualTo(frame);
  }

  @Property
  void everyTruncationAndWhatFollowsIsRefused(@ForAll("frames") SnapshotFrame frame) {
    Bytes bytes = SnapshotFrameCodec.encode(frame);
    for (int length = 0; length < bytes.length(); length++) {
      Bytes cut = bytes.slice(0, length);
      assertThatIllegalArgumentException().isThrownBy(() -> SnapshotFrameCodec.decode(cut));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SnapshotFrameCodec.decode(bytes.concat(Bytes.of(0))));
  }

  @Property
  void aFlippedBitIsRefusedOrReadAsAFrameThatCanBeWritten(@ForAll("frames") SnapshotFrame frame) {
    byte[] bytes = SnapshotFrameCodec.encode(frame).array();
    for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      SnapshotFrame read;
      try {
        read = SnapshotFrameCodec.decode(Bytes.wrap(flipped));
      } catch (IllegalArgumentException refused) {
        continue;
      }
      assertThat(SnapshotFrameCodec.decode(SnapshotFrameCodec.encode(read))).isEqualTo(read);
    }
  }

  @Provide
  Arbitrary<SnapshotFrame> frames() {
    Arbitrary<SnapshotFrame.Transfer> transfers =
        Combinators.combine(
                Arbitraries.integers().between(0, Integer.MAX_VALUE).map(ShardId::new),
                NUMBERS,
                NUMBERS)
            .as(SnapshotFrame.Transfer::new);
    Arbitrary<Integer> checksums = Arbitraries.integers();
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    Arbitrary<Bytes> contents =
        Arbitraries.bytes().array(byte[].class).ofMaxSize(200).map(Bytes::wrap);
    Arbitrary<LogPosition> positions = Combinators.combine(NUMBERS, NUMBERS).as(LogPosition::new);
    Arbitrary<Membership> memberships =
        Arbitraries.of("a", "b", "c")
            .map(NodeId::new)
            .list()
            .ofMaxSize(3)
            .map(nodes -> Membership.of(nodes, List.of(new NodeId("z"))));
    return Arbitraries.oneOf(
        Combinators.combine(transfers, NUMBERS, checksums, flags, contents)
            .as(SnapshotFrame.Piece::new),
        Combinators.combine(transfers, NUMBERS, checksums, positions, memberships)
            .as(SnapshotFrame.End::new),
        Combinators.combine(transfers, NUMBERS, flags).as(SnapshotFrame.Received::new));
  }
}
