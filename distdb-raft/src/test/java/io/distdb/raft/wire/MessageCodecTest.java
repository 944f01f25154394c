// SPDX-License-Identifier: MIT
package io.distdb.raft.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.Varint;
import io.distdb.api.storage.LogPosition;
import io.distdb.raft.core.Entry;
import io.distdb.raft.core.Membership;
import io.distdb.raft.core.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
  private static final Arbitrary<Long> NUMBERS = Arbitraries.longs().between(0, Long.MAX_VALUE);

  @Property
  void whatIsWrittenIsReadInTheSizeThatWasPromised(@ForAll("messages") Message message) {
    byte[] bytes = bytes(message);
    ByteBuffer source = ByteBuffer.wrap(bytes);
    assertThat(MessageCodec.read(source)).isEqualTo(message);
    assertThat(source.hasRemaining()).isFalse();
  }

  @Property
  void everyTruncationIsRefused(@ForAll("messages") Message message) {
    byte[] bytes = bytes(message);
    for (int length = 0; length < bytes.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(bytes, 0, length);
      assertThatIllegalArgumentException().isThrownBy(() -> MessageCodec.read(cut));
    }
  }

  /** Only a checksum could tell; the transport has one. Here it must not break the reader. */
  @Property
  void aFlippedBitIsRefusedOrReadAsAMessageThatCanBeWritten(@ForAll("messages") Message message) {
    byte[] bytes = bytes(message);
    for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
      byte[] flipped = bytes.clone();
      flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      readOrRefuse(flipped);
    }
  }

  @Property
  void noiseIsRefusedOrReadAsAMessageThatCanBeWritten(@ForAll byte[] noise) {
    readOrRefuse(noise);
  }

  private static void readOrRefuse(byte[] bytes) {
    Message read;
    try {
      read = MessageCodec.read(ByteBuffer.wrap(bytes));
    } catch (IllegalArgumentException refused) {
      return;
    }
    assertThat(MessageCodec.read(ByteBuffer.wrap(bytes(read)))).isEqualTo(read);
  }

  @Test
  void aCountWithoutEntriesAllocatesNothing() {
    ByteBuffer target = ByteBuffer.allocate(64);
    target.put((byte) 5);
    for (long number : new long[] {1, 0, 0, 0, Integer.MAX_VALUE}) {
      Varint.put(target, number);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> MessageCodec.read(target.flip()));
  }

  @Test
  void aCommandLongerThanTheMessageAllocatesNothing() {
    ByteBuffer target = ByteBuffer.allocate(64);
    target.put((byte) 5);
    for (long number : new long[] {1, 0, 0, 0, 1, 1, 1, 1, Integer.MAX_VALUE}) {
      Varint.put(target, number);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MessageCodec.read(target.flip()))
        .withMessageContaining("2147483647");
  }

  @Test
  void entriesThatDoNotFollowEachOtherAreRefused() {
    Message gap = append(3, new LogPosition(1, 4), new LogPosition(1, 6));
    Message back = append(3, new LogPosition(2, 4), new LogPosition(1, 5));
    Message ahead = append(3, new LogPosition(2, 4), new LogPosition(4, 5));
    for (Message wrong : List.of(gap, back, ahead)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> MessageCodec.read(ByteBuffer.wrap(bytes(wrong))));
    }
  }

  private static Message append(long term, LogPosition previous, LogPosition position) {
    return new Message.Append(
        term, previous, List.of(new Entry(position, Entry.Nothing.NOTHING)), 0);
  }

  private static byte[] bytes(Message message) {
    ByteBuffer target = ByteBuffer.allocate(MessageCodec.size(message));
    MessageCodec.put(target, message);
    assertThat(target.hasRemaining()).isFalse();
    return target.array();
  }

  // --- what there is ---

  @Provide
  Arbitrary<Message> messages() {
    Arbitrary<LogPosition> positions = Combinators.combine(NUMBERS, NUMBERS).as(LogPosition::new);
    Arbitrary<Boolean> flags = Arbitraries.of(true, false);
    return Arbitraries.oneOf(
        Combinators.combine(NUMBERS, positions).as(Message.PreVoteRequest::new),
        Combinators.combine(NUMBERS, flags).as(Message.PreVoteReply::new),
        Combinators.combine(NUMBERS, positions, flags).as(Message.VoteRequest::new),
        Combinators.combine(NUMBERS, flags).as(Message.VoteReply::new),
        appends(),
        Combinators.combine(NUMBERS, NUMBERS).as(Message.Appended::new),
        Combinators.combine(NUMBERS, NUMBERS, positions).as(Message.AppendRejected::new),
        Combinators.combine(NUMBERS, NUMBERS, NUMBERS).as(Message.Heartbeat::new),
        Combinators.combine(NUMBERS, NUMBERS).as(Message.HeartbeatReply::new),
        Combinators.combine(NUMBERS, positions, NUMBERS).as(Message.Committed::new),
        NUMBERS.map(Message.TimeoutNow::new));
  }

  private static Arbitrary<Message> appends() {
    Arbitrary<Long> small = Arbitraries.longs().between(0, 1L << 40);
    Arbitrary<Entry.Content> contents =
        Arbitraries.oneOf(
            Arbitraries.just(Entry.Nothing.NOTHING),
            Arbitraries.bytes()
                .array(byte[].class)
                .ofMinSize(1)
                .ofMaxSize(200)
                .map(bytes -> Entry.Data.of(new StoredCommand(Bytes.wrap(bytes)))),
            memberships());
    return Combinators.combine(small, small, small, contents.list().ofMaxSize(5), NUMBERS)
        .as((term, index, more, entries, commit) -> {
          List<Entry> log = new ArrayList<>();
          long at = index;
          for (Entry.Content content : entries) {
            log.add(new Entry(new LogPosition(term + log.size() / 2, ++at), content));
          }
          return new Message.Append(
              term + entries.size() + more, new LogPosition(term, index), log, commit);
        });
  }

  private static Arbitrary<Entry.Content> memberships() {
    Arbitrary<List<NodeId>> nodes =
        Arbitraries.of("a", "node-2", "knoten-ä").map(NodeId::new).list().ofMaxSize(3);
    Arbitrary<List<NodeId>> learners =
        Arbitraries.of("x", "y").map(NodeId::new).list().ofMaxSize(2);
    return Combinators.combine(nodes, nodes, learners).as(Membership::new);
  }
}
